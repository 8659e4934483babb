import { randomBytes, randomUUID } from 'node:crypto'
import type { Plan } from '../../shared/deliberations/api.ts'
import type { Question } from '../../shared/deliberations/questions-api.ts'
import type { Room } from '../../shared/deliberations/room.ts'

export interface Phone {
  participant: string
  ticket: string
}

/** An open room with phones in it, made over HTTP. */
export interface LoadedRoom {
  id: string
  /** Of the calls about it. */
  path: string
  phones: Phone[]
  /** As the holder of the staff key. */
  staff<T>(method: string, path: string, body?: unknown): Promise<T>
  read(): Promise<Room>
  ask(kind: 'motion' | 'opinion', title: string, options?: Question['options']): Promise<Question>
  setState(question: string, state: 'open' | 'closed'): Promise<Question>
}

const AT_ONCE = 20

const plan = (community: string): Plan => ({
  ...{ kind: 'forum', title: '压测座谈会', community, compounds: [], place: '礼堂', host: '主持人', moderated: true },
  ...{ startsAt: new Date().toISOString(), endsAt: null, speakerSeconds: 180, seats: 0, proposals: [] },
  agenda: [{ id: randomUUID(), title: '大家缺什么', kind: 'gather', minutes: 60 }],
})

export async function openRoom(url: URL, key: string, community: string, phones: number): Promise<LoadedRoom> {
  const id = randomUUID()
  const all = '/api/districts/YX/deliberations'
  const path = `${all}/${id}`
  const call = async <T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const sent = body === undefined ? headers : { ...headers, 'content-type': 'application/json' }
    const reply = await fetch(new URL(path, url), {
      method,
      headers: sent,
      body: body === undefined ? undefined : JSON.stringify(body),
    })
    if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`)
    return (await reply.json()) as T
  }
  const staff = <T>(method: string, path: string, body?: unknown) =>
    call<T>(method, path, body, { authorization: `Bearer ${key}` })
  await staff('POST', all, { id, community, plan: plan(community) })
  await staff('PUT', `${path}/status`, { status: 'open' })
  const come = async (): Promise<Phone> => {
    const one = { participant: randomUUID(), ticket: randomBytes(32).toString('base64url') }
    await call('POST', `${path}/attendance`, one)
    return one
  }
  const inside: Phone[] = []
  while (inside.length < phones)
    inside.push(...(await Promise.all(Array.from({ length: Math.min(AT_ONCE, phones - inside.length) }, come))))
  return {
    ...{ id, path, phones: inside, staff },
    read: () => call('GET', `${path}/room`),
    ask: (kind, title, options = []) => {
      const rule = kind === 'motion' ? 'simple' : null
      const asked = { kind, title, item: null, options, picks: 0, secret: false, rule, quorum: null, requirement: null }
      return staff('POST', `${path}/questions`, { id: randomUUID(), ...asked })
    },
    setState: (question, state) => staff('PUT', `${path}/questions/${question}/state`, { state }),
  }
}
