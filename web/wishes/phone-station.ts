const place = (district: string) => `yixu.station.${district}`
const memory = new Map<string, string>()

/**
 * What the code on a station's wall said, for as long as this tab is open. It is taken off the address: whoever is sent this
 * page's address is not sent the station.
 */
export function stationHere(district: string): string | undefined {
  const [, read] = /^#station=([0-9a-f-]{36}\.[A-Za-z0-9_-]{16})$/.exec(location.hash) ?? []
  if (read) {
    history.replaceState(null, '', location.pathname + location.search)
    keep(district, read)
  }
  return kept(district)
}

/** The code does not count any more. */
export function forgetStation(district: string): void {
  memory.delete(district)
  try {
    sessionStorage.removeItem(place(district))
  } catch {
    // Storage is refused: nothing was kept.
  }
}

function keep(district: string, code: string): void {
  memory.set(district, code)
  try {
    sessionStorage.setItem(place(district), code)
  } catch {
    // Storage is refused: it lasts as long as the page.
  }
}

function kept(district: string): string | undefined {
  try {
    return sessionStorage.getItem(place(district)) ?? memory.get(district)
  } catch {
    return memory.get(district)
  }
}
