import type { PartDemand } from '../../demand/api.ts'
import type { Block, Cell, Sentence } from '../../document.ts'
import type { Teller } from '../figures.ts'
import type { World } from '../world.ts'

const kinds = [
  { kind: 'age', caption: '各年龄段的需求率', code: 'parts-age' },
  { kind: 'parent', caption: '有孩子家庭的需求率', code: 'parts-parent' },
  { kind: 'circumstance', caption: '需要特别关照居民的需求率', code: 'parts-circumstance' },
] as const

/** 分人群需求: the same question read by age band, by families with children, and by circumstances. */
export function partsSection(world: World, tell: Teller): Block[] {
  const tables = kinds.flatMap((each) => {
    const parts = world.demand.parts.filter(({ kind, n }) => kind === each.kind && n > 0)
    return parts.length ? [partsTable(world, parts, each, tell)] : []
  })
  if (!tables.length) return []
  const ages = world.demand.parts.filter(({ kind, n }) => kind === 'age' && n > 0)
  return [
    { kind: 'heading', level: 1, text: '分人群需求' },
    { kind: 'paragraph', text: agesSentence(world, ages, tell) },
    ...tables,
  ]
}

function agesSentence(world: World, ages: PartDemand[], { figure }: Teller): Sentence {
  const told = ages.flatMap((part): Sentence[] => {
    const i = world.demand.parts.indexOf(part)
    const best = part.services.reduce(
      (top, one, k) => ((one.need.p ?? -1) > (part.services[top].need.p ?? -1) ? k : top),
      0,
    )
    // What comes first can only be said where nothing is held back.
    if (part.n < 10 || part.services.some((one) => one.need.p === null)) return []
    const need = figure('share', 'demand', 'parts', i, 'services', best, 'need', 'p')
    return [[`${world.words(part.code)}居民最需要${world.words(part.services[best].service)}（`, need, '）']]
  })
  if (!told.length) return ['各年龄段答卷较少，以下数据仅供参考。']
  return [...told.flatMap((sentence, k) => [k ? '，' : '', ...sentence]), '。']
}

function partsTable(world: World, parts: PartDemand[], each: (typeof kinds)[number], { figure }: Teller): Block {
  const index = (part: PartDemand) => world.demand.parts.indexOf(part)
  return {
    kind: 'table',
    code: each.code,
    caption: each.caption,
    columns: [
      { title: '服务', width: 2 },
      ...parts.map((part) => ({ title: world.words(part.code), align: 'right' as const, width: 1.5 })),
    ],
    rows: [
      ['回答人数', ...parts.map((part) => figure('count', 'demand', 'parts', index(part), 'n'))],
      ...world.demand.services.map(({ service }): Cell[] => [
        world.words(service),
        ...parts.map((part) => {
          const s = part.services.findIndex((one) => one.service === service)
          return s < 0 ? '—' : figure('share', 'demand', 'parts', index(part), 'services', s, 'need', 'p')
        }),
      ]),
    ],
    ...(each.kind === 'circumstance' ? { note: ['此题为选答，另经本人同意，只用于了解有特别困难居民的需要。'] } : {}),
  }
}
