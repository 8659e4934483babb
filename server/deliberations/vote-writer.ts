import { type Db, forDistrict } from '../db/database.ts'
import type { Secrets } from '../platform/secrets.ts'
import { Refusal } from '../refusal.ts'
import { refuse } from '../refusals.ts'
import type { Of } from './queries.ts'
import { type Answer, Overtaken, type Sending, takeVotes } from './votes.ts'

/** Collects votes on one question that arrive together and commits them together. */
export interface VoteWriter {
  /** Settles after the commit with how many votes were new. @throws {Refusal} by name for everything that is wrong; busy when it takes too long */
  add(of: Of, question: string, sending: Sending): Promise<number>
  /** When everything added so far is settled. */
  settled(): Promise<void>
}

interface Waiting {
  sending: Sending
  /** Who votes on what: the same person's words on one thing are taken in one after the other. */
  words: string[]
  resolve(taken: number): void
  reject(error: unknown): void
}

interface Lane {
  of: Of
  question: string
  waiting: Waiting[]
  run: Promise<void>
}

const BATCH = 100
const MOST_WAITING = 2_000
/** A whole hall presses within the same second: so long the first waits for others. */
const GATHER_MS = 4
/** Whoever has waited so long is told to send it again: by then it is stored mostly. */
const ANSWER_WITHIN_MS = 1_800

/** `taken` is told after every commit that added something. */
export function startVoteWriter(db: Db, secrets: Secrets, taken: (of: Of, question: string) => void): VoteWriter {
  const lanes = new Map<string, Lane>()

  async function add(of: Of, question: string, sending: Sending): Promise<number> {
    const key = `${of.districtId}/${of.id}/${question}`
    const lane = lanes.get(key) ?? begin(key, of, question)
    if (lane.waiting.length >= MOST_WAITING) throw refuse.busy()
    const who = 'ticket' in sending.by ? sending.by.ticket.toString('base64') : `seat ${sending.by.seat}`
    const words = sending.votes.map(({ subject }) => `${who} ${subject}`)
    return await new Promise<number>((resolve, reject) => {
      const timer = setTimeout(() => reject(refuse.busy()), ANSWER_WITHIN_MS)
      const done =
        <T>(settle: (value: T) => void) =>
        (value: T) => {
          clearTimeout(timer)
          settle(value)
        }
      lane.waiting.push({ sending, words, resolve: done(resolve), reject: done(reject) })
    })
  }

  function begin(key: string, of: Of, question: string): Lane {
    const lane: Lane = { of, question, waiting: [], run: Promise.resolve() }
    lanes.set(key, lane)
    lane.run = new Promise((resolve) => setTimeout(resolve, GATHER_MS)).then(async () => {
      while (lane.waiting.length > 0) await settle(lane, nextBatch(lane))
      lanes.delete(key)
    })
    return lane
  }

  /** Never throws. */
  async function settle({ of, question }: Lane, batch: Waiting[]): Promise<void> {
    const sendings = batch.map(({ sending }) => sending)
    try {
      const answers = await inTurn(() => committed(of, question, sendings))
      if (answers.some((answer) => !(answer instanceof Refusal) && answer > 0)) taken(of, question)
      answers.forEach((answer, i) => {
        if (answer instanceof Refusal) batch[i]!.reject(answer)
        else batch[i]!.resolve(answer)
      })
    } catch (error) {
      for (const { reject } of batch) reject(error)
    }
  }

  function committed(of: Of, question: string, sendings: readonly Sending[]): Promise<Answer[]> {
    const own = forDistrict(db, of.districtId).transaction()
    return own.execute((tx) => takeVotes(tx, secrets, of, question, sendings))
  }

  async function settled(): Promise<void> {
    while (lanes.size > 0) await Promise.all([...lanes.values()].map(({ run }) => run))
  }

  return { add, settled }
}

/** The next sendings, in none of which somebody takes back what they say in another. */
function nextBatch(lane: Lane): Waiting[] {
  const said = new Set<string>()
  const batch: Waiting[] = []
  const later: Waiting[] = []
  for (const one of lane.waiting) {
    const isLater = batch.length === BATCH || one.words.some((word) => said.has(word))
    ;(isLater ? later : batch).push(one)
    for (const word of one.words) said.add(word)
  }
  lane.waiting = later
  return batch
}

const TRIES = 3

/** Again where another process took in the same meanwhile, or waited for what this one held. @throws {Refusal} busy */
export async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work()
    } catch (error) {
      const isDeadlock = (error as { code?: string }).code === '40P01'
      if (!(error instanceof Overtaken || isDeadlock)) throw error
      if (tries === TRIES) throw refuse.busy()
    }
  }
}
