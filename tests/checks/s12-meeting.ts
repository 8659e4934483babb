import { randomUUID } from 'node:crypto'
import type { House } from './house.ts'
import { openMeeting } from './meeting.ts'
import { hitsIn, type Seeds } from './s12-seeds.ts'

export interface Said {
  sent: number
  /** Refusals that hold what was seeded. */
  hits: string[]
}

/** What people say in a meeting under their names, and what staff write about it: taken in, refused and answered. */
export async function meetSeeded(house: House, seeds: Seeds): Promise<Said> {
  const meeting = await openMeeting(house, 3)
  const tickets = meeting.phones.map(({ ticket }) => ticket)
  for (const ticket of tickets) seeds.others.add(ticket)
  const said: Said = { sent: 0, hits: [] }
  const ask = async (method: string, path: string, body?: object) => {
    const reply = await meeting.call(method, path, body)
    said.sent += 1
    if (reply.status >= 400)
      said.hits.push(...hitsIn(JSON.stringify(reply.body), seeds).map((hit) => `${method} ${path}: ${hit}`))
    if (reply.status >= 500) said.hits.push(`${method} ${path}: ${reply.status}`)
    return reply.body
  }
  for (const seat of [1, 2, 2]) {
    const person = { participant: randomUUID(), seat, name: seeds.words(), compound: seeds.words(), namesMe: true }
    await ask('POST', '/attendance/door', person)
  }
  await ask('PUT', '/roster', { people: [{ name: seeds.words() }, { name: seeds.words(), seat: 1 }] })
  for (const ticket of [...tickets, 'x'.repeat(43)]) {
    const id = randomUUID()
    await ask('POST', '/statements', { id, ticket, text: seeds.words() })
    await ask('POST', '/statements', { id, ticket, text: `${seeds.words()}又改了` })
    await ask('POST', '/statements', { id: randomUUID(), ticket, text: `<b>${seeds.words()}` })
    await ask('POST', '/statements', { id: randomUUID(), ticket, text: seeds.words().repeat(60) })
    await ask('POST', '/statements/own', { ticket })
  }
  const [one, other] = [randomUUID(), randomUUID()]
  for (const id of [one, other]) await ask('POST', '/statements/taken', { id, text: seeds.words(), seat: 1 })
  await ask('PUT', `/statements/${one}/merged`, { into: other })
  await ask('PUT', `/statements/${one}/state`, { state: 'rejected', reason: seeds.words() })
  await ask('PUT', `/statements/${other}/answer`, { answer: 'adopted', result: seeds.words() })
  await ask('PUT', `/statements/${other}/answer`, { answer: null, result: seeds.words() })
  await ask('PUT', '/status', { status: 'closed' })
  const texts = [{ section: 'closing', text: seeds.words() }]
  await ask('PUT', '/minutes', { revision: 0, texts })
  await ask('PUT', '/minutes', { revision: 7, texts })
  const duty = { text: seeds.words(), owner: seeds.words(), dueOn: '2026-12-20', statements: [other], question: null }
  await ask('POST', '/follow-ups', { id: randomUUID(), ...duty })
  await ask('POST', '/follow-ups', { id: randomUUID(), ...duty, statements: [randomUUID()] })
  meeting.close()
  return said
}
