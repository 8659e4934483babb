/** Work of one process that must not go on twice at once for the same thing, and only a few times at once at all. */
export interface Turns {
  /** Ends when what goes on with this thing now has ended, however; undefined where nothing does. */
  ahead(thing: string): Promise<void> | undefined
  take<T>(thing: string, work: () => Promise<T>): Promise<T>
}

/** @param most how many at once */
export function turnsOf(most: number): Turns {
  const going = new Map<string, Promise<void>>()
  const waiting: (() => void)[] = []
  let free = most

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (free > 0) free -= 1
    else await new Promise<void>((mayGo) => waiting.push(mayGo))
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else free += 1
    }
  }

  return {
    ahead: (thing) => going.get(thing),
    async take(thing, work) {
      const done = inTurn(work)
      const ended = done.then(
        () => undefined,
        () => undefined,
      )
      going.set(thing, ended)
      try {
        return await done
      } finally {
        if (going.get(thing) === ended) going.delete(thing)
      }
    },
  }
}
