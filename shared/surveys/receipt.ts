/** Crockford's base32: no I, L, O or U, so that nothing is misread from paper. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

const RECEIPT_LENGTH = 12
const LINK_LENGTH = 6

/** A code that begins with its district's: which district it belongs to is known before anything is looked up. */
export interface DistrictCode {
  district: string
  /** As it is stored. */
  code: string
}

/** A receipt code such as YX-7K2M-9QTR-4BXW: 60 random bits. `random` are at least 12 random bytes. */
export function receiptCode(district: string, random: Uint8Array): string {
  const letters = spell(random, RECEIPT_LENGTH)
  return `${district}-${letters.slice(0, 4)}-${letters.slice(4, 8)}-${letters.slice(8)}`
}

/** A short code for posters such as YX-3F7K2Q: 30 random bits. `random` are at least 6 random bytes. */
export function linkCode(district: string, random: Uint8Array): string {
  return `${district}-${spell(random, LINK_LENGTH)}`
}

/** Reads a receipt code as people type it: small letters, spaces, no hyphens, O for 0, I or L for 1. Undefined when it cannot be one. */
export function readReceipt(typed: string): DistrictCode | undefined {
  const read = readTyped(typed, RECEIPT_LENGTH)
  if (!read) return undefined
  const { district, letters } = read
  return { district, code: `${district}-${letters.slice(0, 4)}-${letters.slice(4, 8)}-${letters.slice(8)}` }
}

/** Reads a poster's short code as people type it. Undefined when it cannot be one. */
export function readLinkCode(typed: string): DistrictCode | undefined {
  const read = readTyped(typed, LINK_LENGTH)
  return read && { district: read.district, code: `${read.district}-${read.letters}` }
}

/** So many letters and digits that are not misread from paper. */
export function spell(random: Uint8Array, length: number): string {
  if (random.length < length) throw new RangeError(`needs ${length} random bytes`)
  let letters = ''
  for (let at = 0; at < length; at += 1) letters += LETTERS[(random[at] ?? 0) & 31]
  return letters
}

function readTyped(typed: string, length: number): { district: string; letters: string } | undefined {
  // Phones with a Chinese keyboard send full-width letters and dashes of every kind.
  const plain = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Dash}]/gu, '')
  const district = plain.slice(0, -length)
  const letters = plain.slice(-length).replaceAll('O', '0').replace(/[IL]/g, '1')
  const sound = /^[A-Z]{2,4}$/.test(district) && [...letters].every((letter) => LETTERS.includes(letter))
  return sound ? { district, letters } : undefined
}
