import type { QuestionKind, Rule } from '../../shared/deliberations/kinds.ts'
import type { Asked } from '../../shared/deliberations/question-rules.ts'
import type { Option, Quorum, Room } from '../../shared/deliberations/room.ts'

/** A question as it is being made. */
export interface Draft {
  kind: QuestionKind
  title: string
  /** Options are statements, or written one a line. */
  from: 'statements' | 'lines'
  chosen: string[]
  lines: string
  picks: number
  secret: boolean
  rule: Rule
  quorum: Quorum | null
  site?: string
  /** A function that a passed motion requires there. */
  requires?: string
}

export function firstDraft(room: Room): Draft {
  const item = currentItem(room)
  const isOfItem = room.statements.filter((statement) => statement.item === item?.id)
  const kinds = { inform: 'opinion', gather: 'opinion', prioritise: 'dots', resolve: 'motion' } as const
  return {
    ...{ kind: item ? kinds[item.kind] : 'opinion', title: '', from: 'statements', lines: '', picks: 3 },
    chosen: (isOfItem.length > 0 ? isOfItem : room.statements).map(({ id }) => id),
    ...{ secret: false, rule: 'simple', quorum: null },
  }
}

export const currentItem = ({ items }: Room) => items.find(({ state }) => state === 'current')

export function askedOf(draft: Draft, room: Room): Asked {
  const { kind, title, picks, secret, rule, quorum, site, requires } = draft
  const isMotion = kind === 'motion'
  const options = optionsOf(draft, room)
  return {
    ...{ kind, title: title.trim(), item: currentItem(room)?.id ?? null, options },
    picks: kind === 'dots' || kind === 'ranking' ? Math.min(picks, Math.max(1, options.length)) : 0,
    ...{ secret: isMotion && secret, rule: isMotion ? rule : null, quorum: isMotion ? quorum : null },
    requirement: isMotion && site && requires ? { site, function: requires } : null,
  }
}

function optionsOf({ kind, from, chosen, lines }: Draft, { statements }: Room): Option[] {
  if (kind === 'motion') return []
  if (kind === 'opinion' || from === 'statements')
    return statements.filter(({ id }) => chosen.includes(id)).map(({ id, text }) => ({ id, text }))
  const written = lines.split('\n').map((line) => line.trim())
  return written.filter(Boolean).map((text, at) => ({ id: lineId(at), text }))
}

/** The same line stays the same option when the question is sent again. */
const lineId = (at: number): string => `00000000-0000-4000-8000-${String(at + 1).padStart(12, '0')}`
