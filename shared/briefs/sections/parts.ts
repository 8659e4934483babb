import type { PartDemand } from '../../demand/api.ts'
import type { Block, Cell, Sentence } from '../../document.ts'
import { LEAST_PUBLISHED } from '../../statistics/standing.ts'
import type { Facts } from '../facts.ts'
import type { Teller } from '../figures.ts'
import type { World } from '../world.ts'
import { right } from './columns.ts'
import { olderNote } from './older.ts'

const kinds = [
  { kind: 'age', caption: '各年龄段的需求率', code: 'parts-age' },
  { kind: 'parent', caption: '有孩子家庭的需求率', code: 'parts-parent' },
  { kind: 'circumstance', caption: '需要特别关照居民的需求率', code: 'parts-circumstance' },
] as const

/** 分人群需求: the same question read by age band, by families with children, and by circumstances. */
export function partsSection(facts: Facts, world: World, tell: Teller): Block[] {
  const answering = world.demand.parts.filter(({ n }) => n > 0)
  const tables = kinds.flatMap((each) => {
    const parts = answering.filter(({ kind }) => kind === each.kind)
    return parts.every(needsNothing) ? [] : [partsTable(facts, world, parts, each, tell)]
  })
  const ages = answering.filter(({ kind }) => kind === 'age')
  if (!tables.length && !ages.length) return []
  return [
    { kind: 'heading', level: 1, text: '分人群需求' },
    { kind: 'paragraph', text: agesSentence(world, ages, tell) },
    ...tables,
  ]
}

const voluntary = '此题为选答，另经本人同意，只用于了解有特别困难居民的需要。'

const needsNothing = ({ services }: PartDemand) => services.every(({ need }) => need.p === 0)

function agesSentence(world: World, ages: PartDemand[], tell: Teller): Sentence {
  if (ages.length > 0 && ages.every(needsNothing)) return ['各年龄段都没有居民表示需要问卷所列的服务。']
  const told = ages.flatMap((part) => {
    // What comes first can only be said where nothing is held back.
    const isWhole = part.n >= LEAST_PUBLISHED && part.services.every(({ need }) => need.p !== null)
    return isWhole ? [bandSentence(world, part, tell)] : []
  })
  if (!told.length) return ['各年龄段答卷较少，以下数据仅供参考。']
  return [...told.flatMap((sentence, k) => [k ? '，' : '', ...sentence]), '。']
}

function bandSentence(world: World, part: PartDemand, { figure }: Teller): Sentence {
  const people = `${world.words(part.code)}居民`
  if (needsNothing(part)) return [`${people}没有表示需要问卷所列的服务`]
  const best = part.services.reduce((top, { need }, k) => (need.p! > part.services[top]!.need.p! ? k : top), 0)
  const i = world.demand.parts.indexOf(part)
  const need = figure('share', 'demand', 'parts', i, 'services', best, 'need', 'p')
  return [`${people}最需要${world.words(part.services[best]!.service)}（`, need, '）']
}

function partsTable(
  facts: Facts,
  world: World,
  parts: PartDemand[],
  each: (typeof kinds)[number],
  { figure }: Teller,
): Block {
  const told = parts.map(({ code }) => ({ name: world.words(code), part: code }))
  const note = [
    ...(each.kind === 'circumstance' ? [voluntary] : []),
    ...olderNote(facts, told, (names) => `${names}的数据`),
  ]
  const index = (part: PartDemand) => world.demand.parts.indexOf(part)
  return {
    kind: 'table',
    code: each.code,
    caption: each.caption,
    columns: [{ title: '服务', width: 2 }, ...parts.map((part) => right(world.words(part.code), 1.5))],
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
    ...(note.length > 0 && { note }),
  }
}
