import { randomUUID } from 'node:crypto'
import { Agent, request } from 'node:http'
import type { Choice } from '../../shared/deliberations/kinds.ts'
import { type LoadedRoom, openRoom, type Phone } from '../load/room.ts'
import type { House } from './house.ts'

export interface Said {
  status: number
  // biome-ignore lint/suspicious/noExplicitAny: each call knows what it asked for
  body: any
}

/** An open room whose calls may be refused. */
export interface Meeting extends LoadedRoom {
  /** A call about it, made by a phone where the body shows a ticket, and otherwise by staff. */
  call(method: string, path: string, body?: object): Promise<Said>
  close(): void
}

export async function openMeeting(house: House, people: number, sockets = 64): Promise<Meeting> {
  const agent = new Agent({ keepAlive: true, maxSockets: sockets })
  const room = await openRoom(house.url, house.key, house.communities[0]!, people)
  return {
    ...room,
    call: (method, path, body) => send(house, agent, method, `${room.path}${path}`, body),
    close: () => agent.destroy(),
  }
}

function send(house: House, agent: Agent, method: string, path: string, body: object | undefined): Promise<Said> {
  const text = body === undefined ? '' : JSON.stringify(body)
  const headers = {
    ...(text && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
    ...(body && 'ticket' in body ? {} : { authorization: `Bearer ${house.key}` }),
  }
  return new Promise((resolve, reject) => {
    const outgoing = request(new URL(path, house.url), { method, agent, headers }, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part)).once('error', reject)
      answer.once('end', () => {
        const said = Buffer.concat(parts).toString()
        resolve({ status: answer.statusCode ?? 0, body: said ? JSON.parse(said) : undefined })
      })
    })
    outgoing.setTimeout(15_000, () => outgoing.destroy(new Error('no answer in 15 s')))
    outgoing.once('error', reject).end(text)
  })
}

/** Statements on the wall, and a question that has everybody weigh them, open. */
export async function weighStatements(
  meeting: Meeting,
  statements: number,
): Promise<{ id: string; options: string[] }> {
  const options = Array.from({ length: statements }, () => randomUUID())
  for (const [i, id] of options.entries())
    await meeting.staff('POST', `${meeting.path}/statements/taken`, { id, text: `第 ${i + 1} 条意见` })
  const asked = options.map((id) => ({ id, text: '意见' }))
  const { id } = await meeting.ask('opinion', '表态', asked)
  await meeting.setState(id, 'open')
  return { id, options }
}

export interface Cast {
  id: string
  subject: string
  choice: Choice
}

export const vote = (meeting: Meeting, question: string, { ticket }: Phone, cast: Cast): Promise<Said> =>
  meeting.call('POST', `/questions/${question}/votes`, { ticket, votes: [cast] })
