import { Refusal } from '../refusal.ts'
import { refuse } from '../refusals.ts'

/** What comes for one place at the same time is done together, one batch after the other: a hall full of people waits in memory, not on connections. */
export interface Lanes<Place, One, Done> {
  /** Settles after its batch. @throws {Refusal} its own; busy when it takes too long */
  add(key: string, place: Place, one: One): Promise<Done>
  /** When everything added so far is settled. */
  settled(): Promise<void>
}

interface Waiting<One, Done> {
  one: One
  resolve(done: Done): void
  reject(error: unknown): void
}

const BATCH = 100
const MOST_WAITING = 2_000
/** So long the first waits for others. */
const GATHER_MS = 4
/** Whoever has waited so long is told to send it again: by then it is stored mostly. */
const ANSWER_WITHIN_MS = 1_800

/** `work` answers for each of a batch, with a refusal where it is refused. */
export function openLanes<Place, One, Done>(
  work: (place: Place, batch: One[]) => Promise<(Done | Refusal)[]>,
): Lanes<Place, One, Done> {
  const lanes = new Map<string, { waiting: Waiting<One, Done>[]; run: Promise<void> }>()

  function begin(key: string, place: Place) {
    const lane = { waiting: [] as Waiting<One, Done>[], run: Promise.resolve() }
    lanes.set(key, lane)
    lane.run = new Promise((resolve) => setTimeout(resolve, GATHER_MS)).then(async () => {
      while (lane.waiting.length > 0) await settle(place, lane.waiting.splice(0, BATCH))
      lanes.delete(key)
    })
    return lane
  }

  /** Never throws. */
  async function settle(place: Place, batch: Waiting<One, Done>[]): Promise<void> {
    try {
      const answers = await work(
        place,
        batch.map(({ one }) => one),
      )
      for (const [at, answer] of answers.entries()) {
        if (answer instanceof Refusal) batch[at]!.reject(answer)
        else batch[at]!.resolve(answer)
      }
    } catch (error) {
      for (const { reject } of batch) reject(error)
    }
  }

  return {
    add(key, place, one) {
      const lane = lanes.get(key) ?? begin(key, place)
      if (lane.waiting.length >= MOST_WAITING) throw refuse.busy()
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(refuse.busy()), ANSWER_WITHIN_MS)
        const done = <T>(settled: (value: T) => void) => {
          return (value: T) => {
            clearTimeout(timer)
            settled(value)
          }
        }
        lane.waiting.push({ one, resolve: done(resolve), reject: done(reject) })
      })
    },
    async settled() {
      while (lanes.size > 0) await Promise.all([...lanes.values()].map(({ run }) => run))
    },
  }
}
