import { spell } from '../surveys/receipt.ts'

const LENGTH = 8

/** The number on a household slip, such as YX-7K2M-9QTR: 40 random bits, so that none is guessed. `random` are at least 8 random bytes. */
export function slipCode(district: string, random: Uint8Array): string {
  const letters = spell(random, LENGTH)
  return `${district}-${letters.slice(0, 4)}-${letters.slice(4)}`
}
