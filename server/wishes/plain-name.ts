import { oneLine, textFault } from '../../shared/one-line.ts'
import { isPlainText } from '../platform/plain-text.ts'
import { refuse } from '../refusals.ts'

const MOST = 60

/** A name that is printed and read by everybody. @throws {Refusal} badRequest */
export function plainName(name: string, message: string): string {
  const line = oneLine(name)
  if (!isPlainText(line) || textFault(line, MOST)) throw refuse.badRequest([{ at: 'name', rule: 'text', message }])
  return line
}
