import { randomUUID } from 'node:crypto'
import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { House } from './house.ts'
import type { Said } from './meeting.ts'
import { enter, keyOf, must } from './s1-world.ts'

/** An organisation with a member who presses. */
export interface Club {
  id: string
  name: string
  headers: Record<string, string>
}

export interface Wall {
  clubs: Club[]
  /** A wish on the board. */
  open(): Promise<string>
  /** A call about a wish: by a club, or else by staff. */
  call(wish: string, what: string, body: object, by?: Club): Promise<Said>
  close(): void
}

const area = '/api/districts/YX'

/** The first community of a house with so many organisations, each of which may hold as many wishes as `limit` says. */
export async function openWall(house: House, clubs: number, limit: number, sockets = 128): Promise<Wall> {
  const agent = new Agent({ keepAlive: true, maxSockets: sockets })
  const community = house.communities[0]!
  const made: Club[] = []
  // Hashing passwords takes all processors: a few at a time.
  const next = async (i: number): Promise<void> => {
    if (i >= clubs) return
    made.push(await club(house, community, limit))
    await next(i + 4)
  }
  await Promise.all([0, 1, 2, 3].map(next))
  const call: Wall['call'] = (wish, what, body, by) =>
    send(house, agent, `${area}/wishes/${wish}/${what}`, body, by?.headers ?? keyOf(house))
  return {
    ...{ clubs: made, call },
    async open() {
      const wish = await posted(house, agent, community)
      const path = `${area}/wishes/${wish}/moderation`
      await must(house, 'PUT', path, { revision: 1, decision: 'approve' })
      return wish
    },
    close: () => agent.destroy(),
  }
}

async function club(house: House, community: string, limit: number): Promise<Club> {
  const id = randomUUID()
  const name = `共建单位${id.slice(0, 8)}`
  const grants = [{ role: 'sponsor' as const, level: 'community' as const, code: community }]
  const member = await enter(house, 'YX', { username: `club-${id.slice(0, 8)}`, name: '查核员', grants })
  await must(house, 'POST', `${area}/sponsors`, { id, name, fallbackFor: null, limit, active: true })
  await must(house, 'PUT', `${area}/sponsors/${id}/members`, { people: [member.id] })
  return { id, name, headers: member.headers }
}

/** By staff for somebody; whoever posts too many in a minute waits. */
async function posted(house: House, agent: Agent, community: string): Promise<string> {
  const wish = { community, kind: 'goods', text: '想要一副防风手套', cost: 'under-100', contact: '13900000001' }
  const given = { id: randomUUID(), ...wish, where: null, neededBy: null, service: null }
  const said = await send(house, agent, `${area}/wishes`, given, keyOf(house))
  if (said.status === 201) return given.id
  if (said.status !== 429) throw new Error(`${said.status} ${JSON.stringify(said.body)}`)
  await sleep(5_000)
  return await posted(house, agent, community)
}

function send(house: House, agent: Agent, path: string, body: object, headers: object): Promise<Said> {
  const text = JSON.stringify(body)
  const sent = { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }
  return new Promise((resolve, reject) => {
    const outgoing = request(new URL(path, house.url), { method: 'POST', agent, headers: sent }, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part)).once('error', reject)
      answer.once('end', () =>
        resolve({ status: answer.statusCode ?? 0, body: JSON.parse(String(Buffer.concat(parts))) }),
      )
    })
    outgoing.setTimeout(15_000, () => outgoing.destroy(new Error('no answer in 15 s')))
    outgoing.once('error', reject).end(text)
  })
}
