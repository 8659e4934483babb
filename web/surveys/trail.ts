/** The screens of one answer that lie in the browser's history up to the present one, which is the last. */
interface Trail {
  of: string
  screens: string[]
}

export function trailOf(of: string): string[] {
  const state = history.state as Partial<Trail> | null
  return state?.of === of && Array.isArray(state.screens) ? state.screens : []
}

export function lastOf(of: string): string | undefined {
  const screens = trailOf(of)
  return screens[screens.length - 1]
}

/** Puts these screens in the place of the present entry of the history, or after it. */
export function leaveTrail(of: string, screens: string[], how: 'replace' | 'push'): void {
  const state: Trail = { of, screens }
  if (how === 'push') history.pushState(state, '')
  else history.replaceState(state, '')
}
