import type { ServiceDemand } from '../../demand/api.ts'
import { type Block, type Cell, type Sentence, told } from '../../document.ts'
import type { Teller } from '../figures.ts'
import type { World } from '../world.ts'
import { right } from './columns.ts'
import { at, byPriority, priorityTable, quadrant, tierSentence } from './priority.ts'
import { twin } from './twin.ts'

/** What stands in place of figures that rest on too few answers to be published. */
export const silentSentence = ({ figure }: Teller): Sentence =>
  told`参加统计的答卷不足${figure('count', 'methods', 'leastPublished')}份，按规定不公开，待收到更多答卷后再公布。`

/** 居民需求: what is needed, how much of it is unmet, and what comes first. */
export function needsSection(world: World, tell: Teller): Block[] {
  const ordered = byPriority(world)
  if (world.silent)
    return [
      { kind: 'heading', level: 1, text: '居民需求' },
      { kind: 'paragraph', text: silentSentence(tell) },
    ]
  if (!world.demand.services.some(({ need }) => need.n > 0)) {
    return [
      { kind: 'heading', level: 1, text: '居民需求' },
      { kind: 'paragraph', text: ['本社区还没有收到可用的答卷，暂无需求数据。请先组织填答，再编制本方案。'] },
    ]
  }
  if (world.demand.services.every(({ need }) => need.p === 0)) {
    return [
      { kind: 'heading', level: 1, text: '居民需求' },
      { kind: 'paragraph', text: noNeedSentence(tell) },
    ]
  }
  const anyNeed = ordered.some(({ need }) => need.p !== null)
  const isRated = ordered.some(({ pir }) => pir !== null)
  return [
    { kind: 'heading', level: 1, text: '居民需求' },
    { kind: 'paragraph', text: leadSentence(world, tell) },
    ...(anyNeed || isRated ? [{ kind: 'paragraph' as const, text: tierSentence(world, ordered, tell) }] : []),
    ...comparisonBlocks(world, tell),
    needsTable(world, ordered, tell),
    ...referenceBlocks(world, ordered, tell),
    ...(anyNeed ? [needsChart(world, ordered, tell)] : []),
    ...(isRated ? [priorityTable(world, ordered, tell)] : []),
    ...(anyNeed ? [quadrant(world, ordered, tell)] : []),
  ]
}

function noNeedSentence({ figure }: Teller): Sentence {
  return told`参加统计的${figure('count', 'demand', 'inside')}份答卷中，没有居民表示需要问卷所列的服务，因此不列需求率和优先度。`
}

/** Services with this share, the largest first; the public edition does not know them all. */
function known(world: World, kind: 'need' | 'unmet'): ServiceDemand[] {
  const services = world.demand.services.filter((service) => service[kind].p !== null)
  return services.sort((a, b) => b[kind].p! - a[kind].p!)
}

function leadSentence(world: World, { share }: Teller): Sentence {
  const needed = known(world, 'need')
  const all = needed.length === world.demand.services.length
  const [most, next] = needed
  if (!most) return ['各项服务需要或不需要的一方人数较少，为保护填答居民，只列人数范围或不公开，优先度暂不公布。']
  if (most.need.p === 0) return ['人数较少的服务不公开需求率，其余服务没有居民表示需要。']
  const of = (service: ServiceDemand, figure: 'need' | 'unmet') =>
    share('demand', 'services', at(world, service.service), figure)
  return [
    all
      ? `居民最需要的是${world.words(most.service)}，需求率为`
      : `可以公布的服务中，需求率较高的是${world.words(most.service)}，为`,
    ...of(most, 'need'),
    ...(next?.need.p ? [`；其次是${world.words(next.service)}，为`, ...of(next, 'need')] : []),
    ...unmetWords(world, of),
    '。',
  ]
}

function unmetWords(world: World, of: (service: ServiceDemand, figure: 'unmet') => Sentence): Sentence {
  const [first, ...others] = known(world, 'unmet')
  if (!first?.unmet.p) return []
  const all = others.length + 1 === world.demand.services.length
  const which = all ? '未满足率最高的是' : '可以公布的服务中，未满足率较高的是'
  return [`。${which}${world.words(first.service)}，为`, ...of(first, 'unmet')]
}

/** How the community stands against the district, for the service where they differ most. */
function comparisonBlocks(world: World, { figure }: Teller): Block[] {
  const rows = world.comparison?.services ?? []
  const i = rows.reduce(
    (best, row, k) => (Math.abs(row.difference ?? 0) > Math.abs(rows[best]?.difference ?? 0) ? k : best),
    0,
  )
  const row = rows[i]
  if (!row?.difference || row.district === null) return []
  const path = ['services', i] as const
  return [
    {
      kind: 'paragraph',
      text: [
        `与全区相比，差别最大的是${world.words(row.service)}：全区需求率为`,
        figure('share', 'comparison', ...path, 'district'),
        `，本社区${row.difference > 0 ? '高出' : '低'} `,
        figure('points', 'comparison', ...path, 'difference'),
        '。',
      ],
    },
  ]
}

function needsTable(world: World, ordered: ServiceDemand[], { tableShare, figure }: Teller): Block {
  return {
    kind: 'table',
    code: 'needs',
    caption: '各项服务的需求率与未满足率（括号内为95%置信区间，单位为百分点）',
    columns: [
      { title: '服务', width: 1.7 },
      right('需求率', 3),
      right('未满足率', 3),
      right('列入最盼望的三项', 3),
      right('回答人数', 1.4),
    ],
    rows: ordered.map(({ service }): Cell[] => {
      const path = ['services', at(world, service)] as const
      const cell = (name: string) => tableShare('demand', ...path, name)
      return [
        world.words(service),
        cell('need'),
        cell('unmet'),
        cell('top'),
        figure('count', 'demand', ...path, 'need', 'n'),
      ]
    }),
    note: ['需求率：需要该项服务的居民占比；未满足率：需要且满足程度在一半及以下的居民占比。'],
  }
}

/** 参考: the shares of a community with few answers drawn towards the others', beside its own. */
function referenceBlocks(world: World, ordered: ServiceDemand[], { figure, range, tableShare }: Teller): Block[] {
  if (!world.comparison?.services.some(({ shrunk }) => shrunk !== null)) return []
  const cells = (service: string, kind: 'need' | 'unmet', low: string, high: string): Cell[] => {
    const path = ['services', at(world, service)] as const
    const drawn = [...path, 'shrunk'] as const
    const ends = range('bare', [...drawn, low], [...drawn, high], 'comparison')
    return [tableShare('demand', ...path, kind), told`${figure('share', 'comparison', ...drawn, kind)}（${ends}）`]
  }
  return [
    {
      kind: 'paragraph',
      text: told`本社区参加统计的答卷不足${figure('count', 'methods', 'fewAnswers')}份，单看本社区的数据波动较大。下表另列参考值：参照本街道和全区其他社区的情况对本社区数据加以修正，答卷越少，修正越多。优先度、缺口和功能建议仍按本社区数据计算。`,
    },
    {
      kind: 'table',
      code: 'reference',
      caption: '需求率与未满足率的参考值（括号内为95%区间，单位为百分点）',
      columns: [
        { title: '服务', width: 1.6 },
        ...['需求率', '参考需求率', '未满足率', '参考未满足率'].map((title) => right(title, 2.4)),
      ],
      rows: ordered.map(({ service }) => [
        world.words(service),
        ...cells(service, 'need', 'low', 'high'),
        ...cells(service, 'unmet', 'unmetLow', 'unmetHigh'),
      ]),
      note: ['参考值由贝塔–二项模型得出。'],
    },
  ]
}

function needsChart(world: World, ordered: ServiceDemand[], { share }: Teller): Block {
  const series = (name: string, key: 'need' | 'unmet') => ({
    name,
    values: ordered.map((one) => one[key].p),
    low: ordered.map((one) => one[key].low),
    high: ordered.map((one) => one[key].high),
  })
  return {
    kind: 'chart',
    code: 'needs-chart',
    caption: '各项服务的需求率与未满足率',
    chart: {
      type: 'bar',
      unit: 'share',
      labels: ordered.map(({ service }) => world.words(service)),
      series: [series('需求率', 'need'), series('未满足率', 'unmet')],
    },
    table: twin(
      ['需求率', '未满足率'],
      ordered.map(({ service }) => {
        const path = ['services', at(world, service)] as const
        return [world.words(service), share('demand', ...path, 'need'), share('demand', ...path, 'unmet')]
      }),
    ),
    note: ['横线为95%置信区间。'],
  }
}
