import { Agent } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { numbers } from '../load/answers.ts'
import type { Size } from './check.ts'
import type { Case } from './fuzz-cases.ts'
import { send } from './fuzz-send.ts'
import type { House } from './house.ts'
import { csvText } from './imports.ts'
import { keyOf } from './s1-world.ts'
import { posting } from './s9-guess.ts'

const counts = { test: 12, full: 1_000 }

/** Whether the answers to known and to unknown accounts can be told apart, by what they say or by how long they take. */
export async function tell(house: House, size: Size) {
  const count = counts[size]
  await addCouriers(house, count)
  const phone = (index: number, known: boolean) =>
    posting('/api/sign-in/phone', { district: 'YX', phone: `${known ? 1374 : 1375}${String(index).padStart(7, '0')}` })
  const name = (index: number, known: boolean) =>
    posting('/api/sign-in', { username: `${known ? 'known' : 'unknown'}-${index}`, password: 'Wrong-1-kite' })
  return { phones: await compare(house, count, phone), usernames: await compare(house, count, name) }
}

async function addCouriers(house: House, count: number): Promise<void> {
  const rows = Array.from({ length: count }, (_, index) => {
    return [`known-${index}`, '骑手', `1374${String(index).padStart(7, '0')}`, '快递骑手', 'C001']
  })
  const form = new FormData()
  const text = csvText([['用户名', '姓名', '手机', '角色', '范围'], ...rows])
  form.set('file', new Blob([text]), '人员.csv')
  const url = new URL('/api/districts/YX/people/import', house.url)
  const reply = await fetch(url, { method: 'POST', headers: keyOf(house), body: form })
  const said = await reply.text()
  if (reply.status !== 200 || !said.includes('"wrong":[]'))
    throw new Error(`people: ${reply.status} ${said.slice(0, 500)}`)
}

/** In an order that nothing else repeats in, one at a time; nobody has tried anything before. */
async function compare(house: House, count: number, make: (index: number, known: boolean) => Case) {
  const random = numbers(count)
  const turns = Array.from({ length: 2 * count }, (_, index) => ({ index: index >> 1, known: index % 2 === 0 }))
  const shuffled = turns.map((turn) => ({ turn, at: random() })).sort((one, other) => one.at - other.at)
  const took = { known: [] as number[], unknown: [] as number[] }
  const bodies = new Set<string>()
  const agent = new Agent({ keepAlive: true })
  await house.inDatabase(async (pool) => {
    for (const { turn } of shuffled) {
      await pool.query('DELETE FROM sign_in_attempts')
      if (count > 100) await sleep(5)
      const { status, body, ms } = await send(house, agent, make(turn.index, turn.known))
      took[turn.known ? 'known' : 'unknown'].push(ms)
      bodies.add(`${status} ${body}`)
    }
  })
  agent.destroy()
  return { bodies: [...bodies], apartMs: Math.abs(median(took.known) - median(took.unknown)) }
}

function median(values: number[]): number {
  return [...values].sort((one, other) => one - other)[values.length >> 1] ?? Number.NaN
}
