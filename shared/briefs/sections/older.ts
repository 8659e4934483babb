import type { Sentence } from '../../document.ts'
import type { Facts } from '../facts.ts'
import { countedBefore } from '../publication.ts'
import { dateInWords, listed } from '../words.ts'

/** Why figures of a public edition are older than the rest of it. */
export const olderWords = '此后变动的答卷不多，为保护填答居民，暂不更新'

/** Which of these figures stay as they were published before, and as of when; nothing where none do. `what` names them. */
export function olderNote(
  facts: Facts,
  told: { name: string; part: string }[],
  what: (names: string) => string,
): Sentence {
  const names = new Map<string, string[]>()
  for (const { name, part } of told) {
    const counted = countedBefore(facts, part)
    const day = counted && dateInWords(counted)
    if (day) names.set(day, [...(names.get(day) ?? []), name])
  }
  return [...names].map(([day, some]) => `${what(listed(some))}截至${day}，${olderWords}。`)
}
