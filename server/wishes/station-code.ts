import { isSame } from '../people/same.ts'
import type { Secrets } from '../platform/secrets.ts'

const LENGTH = 16

const secretOf = (secrets: Secrets, districtId: number, id: string): string =>
  secrets.hashed('station', `${districtId}/${id}`).toString('base64url').slice(0, LENGTH)

/** What stands in a station's code: its id and a secret that nothing but the server's key knows. */
export const stationCode = (secrets: Secrets, districtId: number, id: string): string =>
  `${id}.${secretOf(secrets, districtId, id)}`

/** The station whose code it is, or undefined where it was made up. */
export function stationIn(secrets: Secrets, districtId: number, code: string): string | undefined {
  const [id = '', secret = ''] = code.split('.')
  return isSame(Buffer.from(secret), Buffer.from(secretOf(secrets, districtId, id))) ? id : undefined
}
