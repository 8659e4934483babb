import { createHmac } from 'node:crypto'

/** Tells two devices apart within one survey, and says nothing without the server's key. */
export function deviceHash(key: string, survey: string, device: string): string {
  return createHmac('sha256', key).update(`${survey} ${device}`).digest('base64url')
}

/** The same for the network that an answer came from: one address, or the 64 bits that a line has of IPv6. */
export function networkHash(key: string, survey: string, address: string): string {
  return createHmac('sha256', key)
    .update(`${survey} network ${networkOf(address)}`)
    .digest('base64url')
}

export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  if (!plain.includes(':')) return plain
  const [before = '', after = ''] = plain.split('::')
  const head = before.split(':').filter((part) => part !== '')
  const tail = after.split(':').filter((part) => part !== '')
  const zeros = plain.includes('::') ? new Array<string>(Math.max(0, 8 - head.length - tail.length)).fill('0') : []
  const groups = [...head, ...zeros, ...tail].slice(0, 4)
  return groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')
}
