import { setTimeout as sleep } from 'node:timers/promises'
import { openRoom } from '../load/room.ts'
import { password, type SignedIn } from '../setup/people.ts'
import type { Size } from './check.ts'
import type { House } from './house.ts'
import { askAs } from './s1-ask.ts'
import { callFrom, employ, headersOf, type Jar, type Staff, signInAs } from './staff.ts'

/** How long somebody may still be let in before the check gives up waiting. */
const GIVE_UP_MS = 8_000

/** Somebody with two browsers, and the session ids of both. */
interface Working {
  one: SignedIn
  jars: [Jar, Jar]
  sessions: { id: string; current: boolean }[]
  /** A room that each browser follows from the desk. */
  streams: [Stream, Stream]
}

interface Stream {
  isOpen: boolean
}

interface Ending {
  name: string
  end(house: House, staff: Staff, working: Working): Promise<void>
  /** Which of the two browsers are out afterwards; both where it does not say. */
  out?: number[]
  /** Still signed in, with nothing left to do. */
  signedIn?: true
}

const people = '/api/districts/YX/people'

/** Done by this process. */
const endings_: Ending[] = [
  {
    name: 'signed out',
    out: [0],
    end: async (house, _staff, { jars }) => void (await callFrom(house, new Map(jars[0]), 'POST', '/api/sign-out')),
  },
  {
    name: 'role removed',
    signedIn: true,
    end: (house, staff, { one }) => change(house, staff, 'PUT', `${people}/${one.id}/grants`, { grants: [] }),
  },
  {
    name: 'account disabled',
    end: (house, staff, { one }) => change(house, staff, 'PUT', `${people}/${one.id}/status`, { status: 'disabled' }),
  },
  {
    name: 'password changed',
    end: async (house, _staff, { jars }) => {
      const body = { current: password, password: 'Other-9-kites' }
      const { status } = await callFrom(house, new Map(jars[0]), 'PUT', '/api/me/password', body)
      if (status !== 200) throw new Error(`password: ${status}`)
    },
  },
  {
    name: 'slip printed anew',
    end: (house, staff, { one }) => change(house, staff, 'POST', `${people}/${one.id}/slip`),
  },
  {
    name: 'ended by the administrator',
    out: [0],
    end: (house, staff, { one, sessions }) =>
      change(house, staff, 'DELETE', `${people}/${one.id}/sessions/${sessions.find(({ current }) => current)?.id}`),
  },
]

/** Done by another process of the same database. */
const elsewhere: Ending[] = [
  {
    name: 'session deleted elsewhere',
    end: (house, _staff, { one }) => inSql(house, 'DELETE FROM auth_session WHERE user_id = $1', one.id),
  },
  {
    name: 'disabled elsewhere',
    end: (house, _staff, { one }) => inSql(house, `UPDATE people SET status = 'disabled' WHERE id = $1`, one.id),
  },
  {
    name: 'role removed elsewhere',
    signedIn: true,
    end: (house, _staff, { one }) => inSql(house, 'DELETE FROM grants WHERE person_id = $1', one.id),
  },
]

async function change(
  house: House,
  { administrator }: Staff,
  method: string,
  path: string,
  body?: unknown,
): Promise<void> {
  const reply = await askAs(house, administrator.headers, { method, path, body })
  if (reply.status >= 300) throw new Error(`${method} ${path}: ${reply.status} ${reply.body}`)
}

async function inSql(house: House, text: string, id: string): Promise<void> {
  await house.inDatabase((pool) => pool.query(text, [id]))
}

/** Ends the work of somebody in every way there is, and waits until no call lets them in. */
export async function endings(house: House, staff: Staff, size: Size) {
  const seen = { ways: 0, alive: [] as string[], slowestMs: 0 }
  const { path } = await openRoom(house.url, house.key, 'C001', 0)
  for (const ending of size === 'full' ? [...endings_, ...elsewhere] : endings_) {
    const working = await begin(house, `ending-${seen.ways}`, `${path}/desk-stream`)
    await ending.end(house, staff, working)
    const begun = performance.now()
    const out = ending.out ?? [0, 1]
    for (const index of out) {
      const jar = working.jars[index] as Jar
      const stream = working.streams[index] as Stream
      const alive = (await untilOut(house, jar, ending, begun)) ?? (await untilOver(stream, begun))
      if (alive) seen.alive.push(`${ending.name}: ${alive}`)
    }
    seen.slowestMs = Math.max(seen.slowestMs, performance.now() - begun)
    if (out.length === 1 && (!(await isIn(house, working.jars[1], people)) || !working.streams[1].isOpen))
      seen.alive.push(`${ending.name}: the other browser is out too`)
    seen.ways += 1
  }
  return seen
}

async function begin(house: House, username: string, stream: string): Promise<Working> {
  const one = await employ(house, username, { role: 'secretary', level: 'community', code: 'C001' })
  const jars: [Jar, Jar] = [await signInAs(house, username), await signInAs(house, username)]
  // Both are known to the server by now, which remembers for a while what it found.
  for (const jar of jars) if (!(await isIn(house, jar, people))) throw new Error(`${username} did not get in`)
  const { body } = await callFrom(house, jars[0], 'GET', '/api/me/sessions')
  const streams: Working['streams'] = [await follow(house, jars[0], stream), await follow(house, jars[1], stream)]
  return { one, jars, streams, sessions: JSON.parse(body.toString()) }
}

async function follow(house: House, jar: Jar, path: string): Promise<Stream> {
  const { status, body } = await fetch(new URL(path, house.url), { headers: headersOf(jar) })
  if (status !== 200 || !body) throw new Error(`${path}: ${status}`)
  const stream = { isOpen: true }
  const over = () => Object.assign(stream, { isOpen: false })
  void body.pipeTo(new WritableStream()).then(over, over)
  return stream
}

async function untilOver(stream: Stream, begun: number): Promise<string | undefined> {
  while (stream.isOpen) {
    if (performance.now() - begun > GIVE_UP_MS) return 'the stream of a room still tells them what happens'
    await sleep(100)
  }
  return undefined
}

async function untilOut(house: House, jar: Jar, { signedIn }: Ending, begun: number): Promise<string | undefined> {
  const calls = [
    ...(signedIn ? [] : ['/api/me', '/api/me/sessions', '/api/me/notices']),
    people,
    '/api/districts/YX/communities',
  ]
  for (const call of calls) {
    while (await isIn(house, jar, call)) {
      if (performance.now() - begun > GIVE_UP_MS) return `${call} still lets them in`
      await sleep(100)
    }
  }
  return undefined
}

async function isIn(house: House, jar: Jar, path: string): Promise<boolean> {
  const { status } = await askAs(house, headersOf(jar), { method: 'GET', path })
  return status === 200
}
