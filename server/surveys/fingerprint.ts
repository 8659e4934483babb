import { createHmac } from 'node:crypto'

/** Tells two devices apart within one survey, and says nothing without the server's key. */
export function deviceHash(key: string, survey: string, device: string): string {
  return createHmac('sha256', key).update(`${survey} ${device}`).digest('base64url')
}
