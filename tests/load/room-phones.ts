import { randomUUID } from 'node:crypto'
import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { choices } from '../../shared/deliberations/kinds.ts'
import type { Room } from '../../shared/deliberations/room.ts'
import type { Phone } from './room.ts'
import { openScreen, type Screen, until } from './screens.ts'

/** What the process with the phones is asked to do. */
export type Order =
  | { order: 'follow'; url: string; path: string; room: Room; phones: Phone[] }
  | { order: 'vote'; question: string; seconds: number }

/** And what it says. */
export type Said =
  | { said: 'ready' }
  /** When each phone had it, by the clock of the machine. */
  | { said: 'statement'; id: string; at: number[] }
  | { said: 'voted'; tookMs: number[]; faults: string[] }

let url: URL
let path: string
let phones: Phone[] = []
let screens: Screen[] = []
const seen = new Map<string, number[]>()
const say = (said: Said) => process.send?.(said)

process.on('message', async (order: Order) => {
  if (order.order === 'follow') await followAll(order)
  else await voteAll(order)
})
process.on('disconnect', () => process.exit(0))

async function followAll(order: Extract<Order, { order: 'follow' }>): Promise<void> {
  url = new URL(order.url)
  path = order.path
  phones = order.phones
  screens = phones.map(() =>
    openScreen(url, path, order.room, ({ change }, at) => {
      if (change.kind !== 'statement') return
      const { id } = change.statement
      const times = seen.get(id) ?? []
      seen.set(id, times)
      times.push(at)
      if (times.length === phones.length) say({ said: 'statement', id, at: times })
    }),
  )
  await until(() => screens.every(({ openedAt }) => openedAt !== undefined), 30_000, 'phones follow')
  say({ said: 'ready' })
}

/** Every phone votes once, spread over so many seconds; every tenth sends the same twice, as after a cut connection. */
async function voteAll({ question, seconds }: Extract<Order, { order: 'vote' }>): Promise<void> {
  const agent = new Agent({ keepAlive: true })
  const tookMs: number[] = []
  const faults: string[] = []
  const send = async (body: string) => {
    const begun = performance.now()
    const status = await post(agent, `${path}/questions/${question}/votes`, body).catch((error: Error) => error.message)
    tookMs.push(performance.now() - begun)
    if (status !== 200) faults.push(String(status))
  }
  const begun = performance.now()
  const all: Promise<void>[] = []
  for (const [n, { ticket }] of phones.entries()) {
    const early = begun + (n / phones.length) * seconds * 1_000 - performance.now()
    if (early > 1) await sleep(early)
    const votes = [{ id: randomUUID(), subject: question, choice: choices[n % choices.length] }]
    const body = JSON.stringify({ ticket, votes })
    all.push(send(body))
    if (n % 10 === 0) all.push(send(body))
  }
  await Promise.all(all)
  agent.destroy()
  say({ said: 'voted', tookMs, faults })
}

function post(agent: Agent, to: string, body: string): Promise<number> {
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
  return new Promise((resolve, reject) => {
    const asked = request(new URL(to, url), { method: 'POST', agent, headers }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode ?? 0))
    })
    asked.on('error', reject).end(body)
  })
}
