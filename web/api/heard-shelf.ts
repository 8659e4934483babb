import { openShelf, type Shelf, type ShelfName } from './device-shelf.ts'

export interface HeardShelf<T> extends Shelf<T> {
  /** Calls `listener` with the key under which something changed, here or in another tab. */
  listen(listener: (key: string) => void): () => void
}

/** A shelf that tells of its changes, in this tab and in the others of the device. */
export function openHeardShelf<T>(name: ShelfName): HeardShelf<T> {
  const shelf = openShelf<T>(name)
  const listeners = new Set<(key: string) => void>()
  const radio = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(`yixu-${name}`)
  if (radio) radio.onmessage = ({ data }) => tell(String(data))
  function tell(key: string): void {
    for (const listener of listeners) listener(key)
  }
  return {
    ...shelf,
    async change(key, edit) {
      const made = await shelf.change(key, edit)
      radio?.postMessage(key)
      tell(key)
      return made
    },
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
