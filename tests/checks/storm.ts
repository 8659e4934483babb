import { Agent, type IncomingMessage, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Submission } from '../../shared/surveys/api.ts'
import { numbers, submissionOf } from '../load/answers.ts'
import type { House } from './house.ts'

export const RESPONSES = '/api/districts/YX/surveys/needs2026/responses'

export interface Reply {
  status: number
  body: string
  retryAfter: boolean
}

/** Posts one body; rejects when the connection breaks. */
export function post(house: House, agent: Agent, path: string, body: string | Buffer, more = {}): Promise<Reply> {
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...more }
  return new Promise((resolve, reject) => {
    const outgoing = request(
      new URL(path, house.url),
      { method: 'POST', agent, headers },
      (answer: IncomingMessage) => {
        const parts: Buffer[] = []
        answer.on('data', (part: Buffer) => parts.push(part)).once('error', reject)
        answer.once('end', () => {
          const retryAfter = answer.headers['retry-after'] !== undefined
          resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(parts).toString(), retryAfter })
        })
      },
    )
    outgoing.setTimeout(15_000, () => outgoing.destroy(new Error('no answer in 15 s')))
    outgoing.once('error', reject).end(body)
  })
}

/** Twenty people who each send one answer after the other and never give up on one. */
export interface Storm {
  /** The JSON of the answers of everything that was acknowledged, by id. */
  answers: Map<string, string>
  /** Every receipt that was handed out for an id. */
  receipts: Map<string, Set<string>>
  acknowledgedAt: number[]
  statuses: Map<number, number>
  /** Answers with 5xx other than 503 with Retry-After, and with any other status that a valid answer must not get. */
  faults: string[]
  /** Everybody gets the answer acknowledged on which they are at work, and goes home. */
  stop(): Promise<void>
}

export interface StormOptions {
  clients?: number
  /** What the next client sends. */
  make?: () => Submission
}

/** How soon a refused or cut off client tries again; much sooner than it is asked to, so that gaps are measured finely. */
const AGAIN_MS = 50

export function startStorm(house: House, { clients = 20, make }: StormOptions = {}): Storm {
  const random = numbers(Date.now())
  const next = make ?? (() => submissionOf(random, house.communities, {}, false))
  const storm = { ...empty(), stopping: false }
  const all = Array.from({ length: clients }, () => client(house, storm, next))
  return Object.assign(storm, {
    stop: async () => {
      storm.stopping = true
      await Promise.all(all)
    },
  })
}

function empty(): Omit<Storm, 'stop'> {
  return { answers: new Map(), receipts: new Map(), acknowledgedAt: [], statuses: new Map(), faults: [] }
}

async function client(
  house: House,
  storm: Omit<Storm, 'stop'> & { stopping: boolean },
  next: () => Submission,
): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  while (!storm.stopping) {
    const submission = next()
    const body = JSON.stringify(submission)
    const until = performance.now() + 60_000
    while (!(await acknowledged(house, agent, storm, submission, body))) {
      if (performance.now() > until) return void storm.faults.push(`${submission.id} not acknowledged in a minute`)
      await sleep(AGAIN_MS)
    }
  }
  agent.destroy()
}

async function acknowledged(
  house: House,
  agent: Agent,
  storm: Omit<Storm, 'stop'>,
  { id, answers }: Submission,
  body: string,
): Promise<boolean> {
  const reply = await post(house, agent, RESPONSES, body).catch(() => undefined)
  if (!reply) return false
  storm.statuses.set(reply.status, (storm.statuses.get(reply.status) ?? 0) + 1)
  if (reply.status !== 200 && reply.status !== 201) {
    if (reply.status !== 503 || !reply.retryAfter) storm.faults.push(`${reply.status} ${reply.body.slice(0, 300)}`)
    return false
  }
  storm.acknowledgedAt.push(performance.now())
  storm.answers.set(id, JSON.stringify(answers))
  const receipts = storm.receipts.get(id) ?? new Set()
  storm.receipts.set(id, receipts.add((JSON.parse(reply.body) as { receipt: string }).receipt))
  return true
}

/** The longest time in milliseconds in which nobody got an acknowledgement. */
export function longestGapMs({ acknowledgedAt }: Storm): number {
  return acknowledgedAt.reduce((longest, at, index) => Math.max(longest, at - (acknowledgedAt[index - 1] ?? at)), 0)
}
