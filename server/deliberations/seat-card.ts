import type { Secrets } from '../platform/secrets.ts'
import type { Of } from './queries.ts'

/** What the code of a seat card carries beside its number: whoever knows it holds the card. Nothing of it is stored. */
export function seatSecret(secrets: Pick<Secrets, 'hashed'>, { districtId, id }: Of, seat: number): string {
  return secrets.hashed('seat-card', `${districtId}/${id}/${seat}`).toString('base64url').slice(0, 16)
}
