import type { FastifyInstance } from 'fastify'
import { forDistrict } from '../db/database.ts'
import { lockDeliberation, type Of } from './queries.ts'
import { roomQuestions } from './room-queries.ts'
import { tell } from './tell.ts'

/** Votes come by the hundred in a second: how many there are is told so often. */
const TICK_MS = 200

export interface Ticker {
  /** Somebody has voted on a question. */
  dirty(districtId: number, deliberationId: string, questionId: string): void
  /** Tells what is left to tell. */
  stop(): Promise<void>
}

export function tickerOf({ db, log }: Pick<FastifyInstance, 'db' | 'log'>): Ticker {
  const waiting = new Map<string, { of: Of; questions: Set<string> }>()
  let timer: NodeJS.Timeout | undefined
  let working = Promise.resolve()
  let stopped = false

  function dirty(districtId: number, id: string, question: string): void {
    if (stopped) return
    const key = `${districtId}:${id}`
    const known = waiting.get(key) ?? { of: { districtId, id }, questions: new Set() }
    waiting.set(key, known)
    known.questions.add(question)
    timer ??= setTimeout(() => void tick(), TICK_MS)
  }

  function tick(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    const due = [...waiting.values()]
    waiting.clear()
    working = working.then(async () => {
      for (const { of, questions } of due) await tellVoted(of, [...questions]).catch(retold(of, questions))
    })
    return working
  }

  const retold = (of: Of, questions: Set<string>) => (error: Error) => {
    log.warn({ error: error.message }, 'how many have voted is told later')
    for (const question of questions) dirty(of.districtId, of.id, question)
  }

  /** What is closed has been told with its outcome, which nothing older may cover: the row is held while it is read. */
  async function tellVoted(of: Of, ids: string[]): Promise<void> {
    const own = forDistrict(db, of.districtId).transaction()
    await own.execute(async (tx) => {
      await lockDeliberation(tx, of)
      const open = (await roomQuestions(tx, of, ids)).filter(({ state }) => state === 'open')
      const changes = open.map((question) => ({ kind: 'question' as const, question }))
      if (changes.length > 0) await tell(tx, of, changes, new Date())
    })
  }

  return {
    dirty,
    stop() {
      stopped = true
      return tick()
    },
  }
}
