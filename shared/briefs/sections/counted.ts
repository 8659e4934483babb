import type { Sentence, Source } from '../../document.ts'
import type { Teller } from '../figures.ts'
import type { Answers } from '../review.ts'
import type { People } from '../themes.ts'

/** Tells a number as far as the audience may read it: exact, or the tens that it lies in. */
export function countedWith({ figure, range }: Teller, of: Source['of'], unit: 'people' | 'answers') {
  return (count: People | Answers, ...path: Source['path']): Sentence =>
    unit in count ? [figure('count', of, ...path, unit)] : range('count', [...path, 'from'], [...path, 'to'], of)
}
