import type { ServiceDemand } from '../../demand/api.ts'
import { FEW_ANSWERS } from '../../demand/shrink.ts'
import { LEAST_WEIGHTED } from '../../demand/weigh.ts'
import { type Block, type Cell, type Sentence, told } from '../../document.ts'
import type { Teller } from '../figures.ts'
import { levelWords, listed } from '../words.ts'
import type { World } from '../world.ts'
import { twin } from './twin.ts'

/** What stands in place of figures that rest on too few answers to be published. */
export const silentWords = '参加统计的答卷不足10份，按规定不公开，待收到更多答卷后再公布。'

const at = (world: World, service: string) => world.demand.services.findIndex((one) => one.service === service)

/** Services in the order of their priority rating; those without one last. */
export function byPriority(world: World): ServiceDemand[] {
  return [...world.demand.services].sort((a, b) => (b.pir ?? -1) - (a.pir ?? -1))
}

/** 居民需求: what is needed, how much of it is unmet, and what comes first. */
export function needsSection(world: World, tell: Teller): Block[] {
  const ordered = byPriority(world)
  if (world.silent)
    return [
      { kind: 'heading', level: 1, text: '居民需求' },
      { kind: 'paragraph', text: [silentWords] },
    ]
  if (!world.demand.services.some(({ need }) => need.n > 0)) {
    return [
      { kind: 'heading', level: 1, text: '居民需求' },
      { kind: 'paragraph', text: ['本社区还没有收到可用的答卷，暂无需求数据。请先组织填答，再编制本方案。'] },
    ]
  }
  return [
    { kind: 'heading', level: 1, text: '居民需求' },
    { kind: 'paragraph', text: leadSentence(world, tell) },
    { kind: 'paragraph', text: tierSentence(world, ordered) },
    ...comparisonBlocks(world, tell),
    needsTable(world, ordered, tell),
    ...referenceBlocks(world, ordered, tell),
    needsChart(world, ordered, tell),
    priorityTable(world, ordered, tell),
    quadrant(world, ordered, tell),
  ]
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
  if (!most) return ['各项服务的需求率因人数较少，不予公开。']
  if (most.need.p === 0)
    return [all ? '没有居民表示需要问卷所列的服务。' : '人数较少的服务不公开需求率，其余服务没有居民表示需要。']
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

const scale = '优先度由未满足率和重要性各占一半合成，满分200，在本社区内比较：100及以上为高，50至100为中，低于50为低。'

function tierSentence(world: World, ordered: ServiceDemand[]): Sentence {
  if (world.demand.inside < LEAST_WEIGHTED)
    return [`${scale}本社区参加统计的答卷不足30份，优先度仅供参考，不划分档次。`]
  if (ordered.some(({ pir }) => pir === null)) return [`${scale}人数较少的服务，优先度和档次不公开。`]
  const first = ordered.filter(({ tier }) => tier === 1).map(({ service }) => world.words(service))
  if (!first.length) return [`${scale}现有答卷不足以划分档次。`]
  const tail = first.length > 1 ? '同在第一档，彼此差别在误差以内，不分先后' : '单独列为第一档'
  return [`${scale}${listed(first)}${tail}。`]
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
      { title: '需求率', align: 'right', width: 3 },
      { title: '未满足率', align: 'right', width: 3 },
      { title: '列入最盼望的三项', align: 'right', width: 3 },
      { title: '回答人数', align: 'right', width: 1.4 },
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
      text: [
        `本社区参加统计的答卷不足${FEW_ANSWERS}份，单看本社区的数据波动较大。下表另列参考值：参照本街道和全区其他社区的情况对本社区数据加以修正，答卷越少，修正越多。优先度、缺口和功能建议仍按本社区数据计算。`,
      ],
    },
    {
      kind: 'table',
      code: 'reference',
      caption: '需求率与未满足率的参考值（括号内为95%区间，单位为百分点）',
      columns: [
        { title: '服务', width: 1.6 },
        ...['需求率', '参考需求率', '未满足率', '参考未满足率'].map((title) => ({
          title,
          align: 'right' as const,
          width: 2.4,
        })),
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

function priorityTable(world: World, ordered: ServiceDemand[], { figure, range }: Teller): Block {
  return {
    kind: 'table',
    code: 'priority',
    caption: '各项服务的优先度',
    columns: [
      { title: '服务', width: 2 },
      { title: '优先度', align: 'right' },
      { title: '95%区间', align: 'right', width: 1.4 },
      { title: '等级' },
      { title: '档次' },
      { title: '进入前三位的可能', align: 'right', width: 1.6 },
    ],
    rows: ordered.map(({ service, level, tier }): Cell[] => {
      const path = ['services', at(world, service)] as const
      return [
        world.words(service),
        figure('rating', 'demand', ...path, 'pir'),
        range('rating', [...path, 'pirLow'], [...path, 'pirHigh'], 'demand'),
        level ? levelWords[level] : '—',
        tier ? told`第${figure('count', 'demand', ...path, 'tier')}档` : '不划分',
        figure('chance', 'demand', ...path, 'firstThree'),
      ]
    }),
    note: ['区间与可能性由1000次带种子的随机抽取得出，同一组数据每次结果相同。'],
  }
}

function quadrant(world: World, ordered: ServiceDemand[], { figure }: Teller): Block {
  return {
    kind: 'chart',
    code: 'quadrant',
    caption: '需求率与未满足率对照',
    chart: {
      type: 'quadrant',
      unit: 'share',
      labels: ordered.map(({ service }) => world.words(service)),
      series: [
        { name: '需求率', values: ordered.map(({ need }) => need.p) },
        { name: '未满足率', values: ordered.map(({ unmet }) => unmet.p) },
      ],
    },
    table: twin(
      ['需求率', '未满足率'],
      ordered.map(({ service }) => {
        const p = (kind: string) => figure('share', 'demand', 'services', at(world, service), kind, 'p')
        return [world.words(service), p('need'), p('unmet')]
      }),
    ),
    note: ['越靠右上，需要的人越多、没有得到满足的也越多。'],
  }
}
