import { MOST_PEOPLE } from '../../shared/deliberations/kinds.ts'

/** A seat number in a field of its own. */
export function seatDigits(typed: string): number | undefined {
  const seat = Number(typed.normalize('NFKC').trim())
  return Number.isInteger(seat) && seat >= 1 && seat <= MOST_PEOPLE ? seat : undefined
}
