import { refuse } from '../refusals.ts'

/** Somebody at one device, and a whole hall behind one address. */
const MOST_OF_ONE = 10
const MOST_OF_ADDRESS = 100
const SECONDS = 600
const MOST_KEPT = 10_000

interface Counted {
  tries: number
  until: number
}

export interface Guesses {
  /** Looks a code up; what does not find one counts as wrong. @throws {Refusal} tooManyRooms */
  guess<T>(from: { address: string; device: string }, find: () => Promise<T | undefined>): Promise<T | undefined>
}

/** Counts wrong codes, so that nobody tries one after the other until a door opens. Those of one device wait for each other: many at once are no way round. */
export function wrongCodes(now: () => number = Date.now): Guesses {
  const counted = new Map<string, Counted>()
  const busy = new Map<string, Promise<unknown>>()
  const triesOf = (key: string): Counted => {
    const known = counted.get(key)
    return known && known.until > now() ? known : { tries: 0, until: now() + SECONDS * 1_000 }
  }
  const check = (key: string, most: number) => {
    const { tries, until } = triesOf(key)
    if (tries >= most) throw refuse.tooManyRooms(Math.max(1, Math.ceil((until - now()) / 1_000)))
  }
  const add = (key: string) => {
    const { tries, until } = triesOf(key)
    counted.delete(key)
    if (counted.size >= MOST_KEPT) counted.delete(counted.keys().next().value!)
    counted.set(key, { tries: tries + 1, until })
  }
  return {
    guess({ address, device }, find) {
      const one = `${address} ${device}`
      const work = async () => {
        check(one, MOST_OF_ONE)
        check(address, MOST_OF_ADDRESS)
        const found = await find()
        if (found === undefined) {
          add(one)
          add(address)
        }
        return found
      }
      const turn = (busy.get(address) ?? Promise.resolve()).then(work, work)
      busy.set(address, turn)
      const free = () => busy.get(address) === turn && busy.delete(address)
      turn.then(free, free)
      return turn
    },
  }
}
