import { useSyncExternalStore } from 'react'
import type { Me, Slip } from '../../shared/people/api.ts'

/**
 * Slips whose codes the server has just told and never tells again. They are held in this window's memory alone: never in
 * storage, never in an address, and for nobody but the person who had them made.
 */
let held: { by: string; slips: readonly Slip[] } = { by: '', slips: [] }
const none: readonly Slip[] = []
const listeners = new Set<() => void>()

/** Whoever closes the window loses the codes: the browser asks whether they mean it. */
const askBack = (event: Event) => event.preventDefault()

function hold(by: string, slips: readonly Slip[]): void {
  held = { by, slips }
  if (slips.length > 0) addEventListener('beforeunload', askBack)
  else removeEventListener('beforeunload', askBack)
  for (const tell of listeners) tell()
}

/** Puts slips beside those that are there; a newer one of a person takes the place of the older, which no longer counts. */
export function holdSlips({ id }: Me, slips: readonly Slip[]): void {
  const newer = new Set(slips.map(({ person }) => person))
  const before = held.by === id ? held.slips.filter(({ person }) => !newer.has(person)) : []
  hold(id, [...before, ...slips])
}

export const dropSlips = (): void => hold('', none)

export function useSlips({ id }: Me): readonly Slip[] {
  return useSyncExternalStore(subscribe, () => (held.by === id ? held.slips : none))
}

function subscribe(tell: () => void): () => void {
  listeners.add(tell)
  return () => listeners.delete(tell)
}
