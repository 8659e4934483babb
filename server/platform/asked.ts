import { refuse } from '../refusals.ts'
import type { Done } from './orders.ts'

interface Waiting {
  resolve(said: string): void
  reject(error: Error): void
}

/** Orders that a thread or a process has been given and has not answered yet. */
export class Asked {
  private readonly waiting = new Map<number, Waiting>()
  private last = 0

  get size(): number {
    return this.waiting.size
  }

  add(send: (id: number) => void): Promise<string> {
    this.last += 1
    const id = this.last
    return new Promise<string>((resolve, reject) => {
      this.waiting.set(id, { resolve, reject })
      send(id)
    })
  }

  answer(done: Done): void {
    const asker = this.waiting.get(done.id)
    this.waiting.delete(done.id)
    if ('said' in done) asker?.resolve(done.said)
    // The code is what tells a database that is away from a fault.
    else asker?.reject(Object.assign(new Error(done.error), { code: done.error }))
  }

  /** Tells all of them that whoever was to answer is gone. */
  giveUp(): void {
    for (const asker of this.waiting.values()) asker.reject(refuse.busy())
    this.waiting.clear()
  }
}
