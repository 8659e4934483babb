/** Counts what is open from each address. */
export interface Screens {
  /** Counts one more until what is returned is called; undefined where there are as many as may be. */
  enter(address: string): (() => void) | undefined
}

export function screens(most: number): Screens {
  const open = new Map<string, number>()
  return {
    enter(address) {
      const before = open.get(address) ?? 0
      if (before >= most) return undefined
      open.set(address, before + 1)
      let isIn = true
      return () => {
        if (!isIn) return
        isIn = false
        const left = open.get(address)! - 1
        if (left > 0) open.set(address, left)
        else open.delete(address)
      }
    },
  }
}
