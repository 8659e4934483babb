const place = 'yixu.staff-key'

/** The staff key that was typed in during this browser session; closing the window forgets it. */
export function staffKey(): string | undefined {
  return sessionStorage.getItem(place) ?? undefined
}

export function rememberStaffKey(key: string): void {
  sessionStorage.setItem(place, key)
}

export function forgetStaffKey(): void {
  sessionStorage.removeItem(place)
}
