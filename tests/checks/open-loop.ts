import { Agent } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Submission } from '../../shared/surveys/api.ts'
import type { House } from './house.ts'
import { post, RESPONSES, type Reply } from './storm.ts'

/** What became of answers that people send when they are ready, however busy the server is. */
export interface Arrivals {
  /** JSON of the answers of everything that was acknowledged, by id. */
  answers: Map<string, string>
  /** Every receipt that was handed out for an id. */
  receipts: Map<string, Set<string>>
  /** From the moment each was due until its answer, in milliseconds: a sender kept waiting counts as well. */
  sent: { dueMs: number; tookMs: number; status: number }[]
  faults: string[]
}

/** A house has only so many lines; what comes beyond them waits its turn, and the wait is counted. */
const LINES = 256

/** Sends so many answers a second for so many seconds, each when it is due. */
export async function arrive(
  house: House,
  { perSecond, seconds, make }: { perSecond: number; seconds: number; make: () => Submission },
): Promise<Arrivals> {
  const agent = new Agent({ keepAlive: true, maxSockets: LINES })
  const arrivals: Arrivals = { answers: new Map(), receipts: new Map(), sent: [], faults: [] }
  const begun = performance.now()
  const all: Promise<void>[] = []
  for (let n = 0; n < perSecond * seconds; n += 1) {
    const dueMs = (n / perSecond) * 1_000
    const early = begun + dueMs - performance.now()
    if (early > 1) await sleep(early)
    all.push(send(house, agent, arrivals, make(), begun, dueMs))
  }
  await Promise.all(all)
  agent.destroy()
  return arrivals
}

async function send(
  house: House,
  agent: Agent,
  arrivals: Arrivals,
  submission: Submission,
  begun: number,
  dueMs: number,
): Promise<void> {
  const reply = await post(house, agent, RESPONSES, JSON.stringify(submission)).catch((error: Error): Reply => {
    return { status: 0, body: error.message, retryAfter: false }
  })
  arrivals.sent.push({ dueMs, tookMs: performance.now() - begun - dueMs, status: reply.status })
  acknowledge(arrivals, submission, reply)
}

/** Takes down what a reply says; anything but a receipt or a request to come again is a fault. */
export function acknowledge(
  { answers, receipts, faults }: Pick<Arrivals, 'answers' | 'receipts' | 'faults'>,
  { id, answers: given }: Submission,
  { status, body, retryAfter }: Reply,
): void {
  if (status === 200 || status === 201) {
    answers.set(id, JSON.stringify(given))
    receipts.set(id, (receipts.get(id) ?? new Set()).add((JSON.parse(body) as { receipt: string }).receipt))
  } else if ((status !== 503 && status !== 429) || !retryAfter) faults.push(`${status} ${body.slice(0, 300)}`)
}
