import type { Secrets } from '../platform/secrets.ts'
import { refuse } from '../refusals.ts'

const MAC_LENGTH = 16

/** Where the next page begins, as an address carries it; nobody else can make one. */
export function written(secrets: Secrets, list: string, place: readonly (string | number)[]): string {
  const text = Buffer.from(JSON.stringify(place)).toString('base64url')
  return `${text}.${macOf(secrets, list, text)}`
}

/** @throws {Refusal} badRequest where it was not made for this list */
export function read<P extends readonly (string | number)[]>(secrets: Secrets, list: string, next: string): P {
  const [text = '', mac] = next.split('.')
  if (mac !== macOf(secrets, list, text))
    throw refuse.badRequest([{ at: 'next', rule: 'place', message: '翻页的位置不对，请从第一页重新看起。' }])
  return JSON.parse(Buffer.from(text, 'base64url').toString())
}

const macOf = (secrets: Secrets, list: string, text: string) =>
  secrets.hashed(`page/${list}`, text).toString('base64url').slice(0, MAC_LENGTH)
