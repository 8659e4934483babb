import type { ServiceDemand } from '../../demand/api.ts'
import { LEAST_WEIGHTED } from '../../demand/weigh.ts'
import { type Block, type Cell, type Sentence, told } from '../../document.ts'
import { levelZh } from '../../sites/wording.ts'
import type { Teller } from '../figures.ts'
import { listed } from '../words.ts'
import type { World } from '../world.ts'
import { right } from './columns.ts'
import { twin } from './twin.ts'

/** The place of a service in the list of its demand. */
export const at = (world: World, service: string) => world.demand.services.findIndex((one) => one.service === service)

/** Services in the order of their priority rating; those without one last. */
export function byPriority(world: World): ServiceDemand[] {
  return [...world.demand.services].sort((a, b) => (b.pir ?? -1) - (a.pir ?? -1))
}

function scale({ figure }: Teller): Sentence {
  const [most, high, medium] = ['most', 'highFrom', 'mediumFrom'].map((name) =>
    figure('count', 'methods', 'rating', name),
  )
  const levels = told`${high!}及以上为高，${medium!}至${high!}为中，低于${medium!}为低`
  return told`优先度由未满足率和重要性各占一半合成，满分${most!}，在本社区内比较：${levels}。`
}

/** What the ratings mean, and which services come first. */
export function tierSentence(world: World, ordered: ServiceDemand[], tell: Teller): Sentence {
  const least = tell.figure('count', 'methods', 'leastWeighted')
  if (world.demand.inside < LEAST_WEIGHTED)
    return told`${scale(tell)}本社区参加统计的答卷不足${least}份，优先度仅供参考，不划分档次。`
  if (ordered.some(({ pir }) => pir === null)) return told`${scale(tell)}人数较少的服务，优先度和档次不公开。`
  const first = ordered.filter(({ tier }) => tier === 1).map(({ service }) => world.words(service))
  if (!first.length) return told`${scale(tell)}现有答卷不足以划分档次。`
  const tail = first.length > 1 ? '同在第一档，彼此差别在误差以内，不分先后' : '单独列为第一档'
  return told`${scale(tell)}${listed(first)}${tail}。`
}

/** Every service with its rating, and how sure its place is. */
export function priorityTable(world: World, ordered: ServiceDemand[], { figure, range }: Teller): Block {
  return {
    kind: 'table',
    code: 'priority',
    caption: '各项服务的优先度',
    columns: [
      { title: '服务', width: 2 },
      right('优先度'),
      right('95%区间', 1.4),
      { title: '等级' },
      { title: '档次' },
      right('进入前三位的可能', 1.6),
    ],
    rows: ordered.map(({ service, level, tier }): Cell[] => {
      const path = ['services', at(world, service)] as const
      return [
        world.words(service),
        figure('rating', 'demand', ...path, 'pir'),
        range('rating', [...path, 'pirLow'], [...path, 'pirHigh'], 'demand'),
        level ? levelZh[level] : '—',
        tier ? told`第${figure('count', 'demand', ...path, 'tier')}档` : '不划分',
        figure('chance', 'demand', ...path, 'firstThree'),
      ]
    }),
    note: told`区间与可能性由${figure('count', 'methods', 'draws')}次带种子的随机抽取得出，同一组数据每次结果相同。`,
  }
}

/** Need against unmet need. */
export function quadrant(world: World, ordered: ServiceDemand[], { figure }: Teller): Block {
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
