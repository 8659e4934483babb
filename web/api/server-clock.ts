const place = 'yixu.clock'

/** Phones' clocks are often wrong; how far the server's is ahead, in milliseconds, as far as it has been heard. */
let aheadMs = readAhead()

function readAhead(): number {
  try {
    return Number(localStorage.getItem(place)) || 0
  } catch {
    return 0
  }
}

/** Takes note of the time that came with an answer of the server (its Date header, exact to a second). */
export function hearTime(date: string | null): void {
  const heard = date ? Date.parse(date) : Number.NaN
  if (Number.isNaN(heard)) return
  const ahead = heard - Date.now()
  // Seconds come from the network and from rounding; they say nothing of the phone's clock.
  aheadMs = Math.abs(ahead) < 60_000 ? 0 : ahead
  try {
    localStorage.setItem(place, String(aheadMs))
  } catch {
    return
  }
}

/** Now, by the server's clock. */
export function serverNow(): Date {
  return new Date(Date.now() + aheadMs)
}
