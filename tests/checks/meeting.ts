import { randomBytes, randomUUID } from 'node:crypto'
import { Agent, request } from 'node:http'
import type { Choice } from '../../shared/deliberations/kinds.ts'
import type { House } from './house.ts'

export interface Said {
  status: number
  // biome-ignore lint/suspicious/noExplicitAny: each call knows what it asked for
  body: any
}

/** An open meeting in a house, in which people sit with their phones. */
export interface Meeting {
  id: string
  /** Those who came in, by the tickets of their phones. */
  tickets: string[]
  /** A call about this meeting; without `ticket` in the body it is made by staff. */
  call(method: string, path: string, body?: object): Promise<Said>
  /** The same, and its answer; throws where it is refused. */
  must(method: string, path: string, body?: object): Promise<Said['body']>
  comeIn(ticket: string): Promise<Said>
  close(): void
}

export const newTicket = (): string => randomBytes(32).toString('base64url')

export async function openMeeting(house: House, people: number, sockets = 64): Promise<Meeting> {
  const agent = new Agent({ keepAlive: true, maxSockets: sockets })
  const id = randomUUID()
  const root = '/api/districts/YX/deliberations'
  const call = (method: string, path: string, body?: object) => send(house, agent, method, `${root}/${id}${path}`, body)
  const must = async (method: string, path: string, body?: object) => {
    const reply = await call(method, path, body)
    if (reply.status >= 300) throw new Error(`${method} ${path}: ${reply.status} ${JSON.stringify(reply.body)}`)
    return reply.body
  }
  const [community] = house.communities
  const planned = await send(house, agent, 'POST', root, { id, community, plan: planIn(community!) })
  if (planned.status !== 201) throw new Error(JSON.stringify(planned.body))
  await must('PUT', '/status', { status: 'open' })
  const participants = new Map<string, string>()
  const comeIn = (ticket: string) => {
    const participant = participants.get(ticket) ?? randomUUID()
    participants.set(ticket, participant)
    return call('POST', '/attendance', { participant, ticket })
  }
  const tickets = Array.from({ length: people }, newTicket)
  for (const ticket of tickets) await comeIn(ticket)
  return { id, tickets, call, must, comeIn, close: () => agent.destroy() }
}

const planIn = (community: string) => ({
  ...{ kind: 'forum', title: '座谈会', community, compounds: [], place: '活动室', host: '主持人', moderated: false },
  ...{ startsAt: new Date().toISOString(), endsAt: null, speakerSeconds: 180, seats: 60, proposals: [] },
  agenda: [{ id: randomUUID(), title: '议题', kind: 'resolve', minutes: 30 }],
})

function send(house: House, agent: Agent, method: string, path: string, body: unknown): Promise<Said> {
  const text = body === undefined ? '' : JSON.stringify(body)
  const headers = {
    ...(text && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
    ...(text.includes('"ticket"') ? {} : { authorization: `Bearer ${house.key}` }),
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

/** Statements on the wall of a meeting, and a question that has everybody weigh them, open. */
export async function weighStatements(
  meeting: Meeting,
  statements: number,
): Promise<{ id: string; options: string[] }> {
  const options = Array.from({ length: statements }, () => randomUUID())
  for (const [i, id] of options.entries())
    await meeting.must('POST', '/statements/taken', { id, text: `第 ${i + 1} 条意见` })
  const id = randomUUID()
  await meeting.must('POST', '/questions', {
    ...{ id, kind: 'opinion', title: '表态', item: null, options: options.map((id) => ({ id, text: '意见' })) },
    ...{ picks: 0, secret: false, rule: null, quorum: null, requirement: null },
  })
  await meeting.must('PUT', `/questions/${id}/state`, { state: 'open' })
  return { id, options }
}

export const motion = (id: string, more: object = {}) => ({
  ...{ id, kind: 'motion', title: '是否同意', item: null, options: [], picks: 0, secret: false },
  ...{ rule: 'simple', quorum: null, requirement: null, ...more },
})

export interface Cast {
  id: string
  subject: string
  choice: Choice
}

export const vote = (meeting: Meeting, question: string, ticket: string, cast: Cast): Promise<Said> =>
  meeting.call('POST', `/questions/${question}/votes`, { ticket, votes: [cast] })
