import type { Document } from '../document.ts'
import { kindNames } from './kinds.ts'
import { aboutSection } from './minutes/about.ts'
import { agendaSection } from './minutes/agenda.ts'
import { counter } from './minutes/figures.ts'
import { followUpsSection } from './minutes/follow-ups.ts'
import { namedSection } from './minutes/named.ts'
import type { MinutesRecord } from './minutes/record.ts'
import { resolutionsSection } from './minutes/resolutions.ts'
import { statementsSection } from './minutes/statements.ts'
import { votesSection } from './minutes/votes.ts'
import { heading, written } from './minutes/words.ts'
import { worldOf } from './minutes/world.ts'
import type { MinutesTexts } from './minutes-api.ts'

/** Sections of the secretary's own words that every minutes have; those of agenda items go by their ids. */
export const OPENING = 'opening'
export const CLOSING = 'closing'

/** 纪要: what was recorded, put together as a document, with the secretary's own words in their places. The same record and words make the same document. */
export function composeMinutes(record: MinutesRecord, texts: MinutesTexts): Document {
  const world = worldOf(record)
  const count = counter(world)
  const closing = written(texts, CLOSING)
  return {
    title: `${record.communityName}${kindNames[record.kind]}纪要`,
    subtitle: record.title,
    ...(record.demo ? { mark: '演示数据：地名、人名与数字均为虚构，不作为决策依据' } : {}),
    issuer: record.communityName,
    date: record.date,
    blocks: [
      ...aboutSection(world, count, texts),
      ...agendaSection(world, count, texts),
      ...statementsSection(world, count),
      ...votesSection(world, count),
      ...resolutionsSection(world, count),
      ...followUpsSection(world),
      ...(closing.length > 0 ? [heading(1, '其他事项'), ...closing] : []),
      ...namedSection(world, count),
    ],
  }
}
