import { timingSafeEqual } from 'node:crypto'

/** Whether two secrets are the same; how long it takes tells nothing but that their lengths differ. */
export function isSame(given: Buffer, wanted: Buffer): boolean {
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}
