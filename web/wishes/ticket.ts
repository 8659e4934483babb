/** For browsers that keep nothing. */
const memory = new Map<string, string>()

/** What this device shows with everything it does about its wishes in a district, made when it is first wanted. */
export function ticketFor(district: string): string {
  const place = `yixu.wishes.${district}`
  const known = kept(place) ?? memory.get(place)
  if (known) return known
  const made = randomTicket()
  memory.set(place, made)
  try {
    localStorage.setItem(place, made)
  } catch {
    // Storage is full or refused: the ticket lasts as long as the page.
  }
  return made
}

function kept(place: string): string | undefined {
  try {
    const found = localStorage.getItem(place)
    return found && /^[A-Za-z0-9_-]{43}$/.test(found) ? found : undefined
  } catch {
    return undefined
  }
}

/** 32 bytes as base64url. */
function randomTicket(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32))
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '')
}
