import { reading } from '../keywords.ts'

export interface ServiceWords {
  service: string
  words: readonly string[]
}

/**
 * The service that a text, cut into words, is most likely about: the one whose words cover most of it, and of equals the
 * one that is named first. Null where it has none of the words.
 */
export function suggestedService(segments: readonly string[], keywords: readonly ServiceWords[]): string | null {
  const places = reading(segments)
  const found = keywords
    .map(({ service, words }) => ({ service, covered: coveredBy(words, places) }))
    .filter(({ covered }) => covered.size > 0)
    .sort((a, b) => b.covered.size - a.covered.size || Math.min(...a.covered) - Math.min(...b.covered))
  return found[0]?.service ?? null
}

/** Which characters of a text belong to a word that is meant: 社区食堂 and 食堂 count once. */
function coveredBy(words: readonly string[], places: (word: string) => number[]): Set<number> {
  const spans = words.flatMap((word) => places(word).map((from) => Array.from(word, (_, at) => from + at)))
  return new Set(spans.flat())
}
