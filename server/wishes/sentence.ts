import { oneLine, textFault } from '../../shared/one-line.ts'
import { isPlainText } from '../platform/plain-text.ts'
import type { Refusal } from '../refusal.ts'
import { refuse } from '../refusals.ts'

/** What somebody wrote for others to read, on one line. @throws {Refusal} wishMarkup, or what `wrong` makes of it */
export function sentence(text: string, most: number, wrong: (fault: 'empty' | 'too-long') => Refusal): string {
  const line = oneLine(text)
  const fault = isPlainText(line) ? textFault(line, most) : 'markup'
  if (fault === 'markup') throw refuse.wishMarkup()
  if (fault) throw wrong(fault)
  return line
}

const MOST_REASON = 200

/** Why somebody did what others are told of. @throws {Refusal} wishReason, wishMarkup */
export const reasonIn = (text: string): string => sentence(text, MOST_REASON, refuse.wishReason)
