import { type Block, type Sentence, told } from '../../document.ts'
import { itemKindNames } from '../kinds.ts'
import type { MinutesTexts } from '../minutes-api.ts'
import type { Count } from './figures.ts'
import { heading, paragraph, written } from './words.ts'
import type { MinutesWorld } from './world.ts'

/** What was done with each item of the agenda, and what the secretary says of it. */
export function agendaSection(world: MinutesWorld, count: Count, texts: MinutesTexts): Block[] {
  if (world.agenda.length === 0) return []
  const items = world.agenda.flatMap((item, at) => [
    heading(2, item.title),
    paragraph(...itemSentence(world, at, count)),
    ...written(texts, item.id),
  ])
  return [heading(1, '议程进行情况'), ...items]
}

function itemSentence({ agenda }: MinutesWorld, at: number, count: Count): Sentence {
  const { kind, startedAt, spent, said, asked } = agenda[at]!
  const number = (name: string) => count('agenda', at, name)
  if (!startedAt && said + asked === 0) return [`${itemKindNames[kind]}。本项没有进行。`]
  const clauses = [
    ...(spent === null ? [] : [told`用时${number('spent')}分钟`]),
    ...(said > 0 ? [told`提出意见${number('said')}条`] : []),
    ...(asked > 0 ? [told`进行表决${number('asked')}项`] : []),
  ]
  const done = clauses.flatMap((clause, i) => (i === 0 ? clause : ['，', ...clause]))
  return told`${itemKindNames[kind]}。${done.length > 0 ? [...done, '。'] : []}`
}
