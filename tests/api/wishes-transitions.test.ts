import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { addJob } from '../../server/platform/jobs.ts'
import { dayTurns, remindsOfWishes } from '../../server/wishes/deadlines.ts'
import { after, isEnded, isHeld, type State } from '../../shared/wishes/states.ts'
import {
  base,
  contact,
  type Headers,
  newTicket,
  type Organisation,
  openWishes,
  type Wishes,
} from './wishes-district.ts'
import { fitted, follow, indexIn, LIMIT, type Op, operations, today, type Wish, type World } from './wishes-life.ts'

const SEQUENCES = 10
const STEPS = 50
const PATIENCE_MS = 120_000
const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)
const start = Date.parse('2026-11-23T02:00:00Z')

let now = new Date(start)
let house: Wishes
let organisations: Organisation[]
let tickets: string[]
let photo: Buffer
beforeAll(async () => {
  house = await openWishes({ now: () => now })
  organisations = [house.volunteers, house.canteen, await house.organisation('老街坊', ['13700000061'])]
  await house.look(`update sponsors set claim_limit = ${LIMIT}`)
  await house.look(`update sponsors set fallback_for = 'C001' where id = '${house.canteen.id}'`)
  tickets = Array.from({ length: 4 }, newTicket)
  photo = await sharp({ create: { width: 64, height: 48, channels: 3, background: 'olive' } })
    .jpeg()
    .toBuffer()
})
afterAll(() => house?.stop())

const memberOf = (org: number, nth = 0): Headers => {
  const { members } = organisations[org]!
  return members[nth % members.length]!.headers
}
const rows = async (text: string) => (await house.look(text)).rows

test(
  `whatever is done to wishes, one organisation at most holds each, alone reads the contact, and nothing is lost (SEED=${seed})`,
  async () => {
    const done = new Map<string, number>()
    const property = fc.asyncProperty(operations(STEPS), async (ops) => {
      const ids: string[] = []
      let world: World = { day: 0, wishes: [] }
      now = new Date(start)
      for (const { op: planned, fit } of ops) {
        const op = fit ? fitted(world, planned) : planned
        if (!op) continue
        const next = follow(world, op)
        if (op.kind === 'post' && !next) continue
        if (op.kind !== 'post' && op.kind !== 'days' && ids.length === 0) continue
        const status = await carryOut(op, world, ids)
        expect(status, JSON.stringify({ op, world })).toSatisfy((code: number) =>
          next ? code < 300 : code >= 400 && code < 500,
        )
        world = next ?? world
        const name = `${op.kind} ${next ? 'done' : 'refused'}`
        done.set(name, (done.get(name) ?? 0) + 1)
        for (const [at, id] of ids.entries()) await holdsFor(world.wishes[at]!, id, op)
        const touched = 'w' in op && indexIn(world, op.w)
        if (typeof touched === 'number') await isReadBy(world.wishes[touched]!, ids[touched]!)
      }
      for (const [at, id] of ids.entries()) await isReadBy(world.wishes[at]!, id)
      await clear(ids)
    })
    await fc.assert(property, { seed, numRuns: SEQUENCES, endOnFailure: true })
    for (const kind of ['claim', 'release', 'deliver']) expect(done.get(`${kind} done`) ?? 0, kind).toBeGreaterThan(0)
  },
  PATIENCE_MS,
)

/** Has somebody do it through the front door; answers with the status they are told. */
async function carryOut(op: Op, world: World, ids: string[]): Promise<number> {
  if (op.kind === 'days') return await pass(op)
  const staff = house.secretary.headers
  const dayIn = (days: number | null) =>
    days === null ? null : new Date(Date.parse(today(world)) + days * 86_400_000).toISOString().slice(0, 10)
  if (op.kind === 'post') {
    const { neededBy: _, ...body } = house.posted()
    const wish = { ...body, neededBy: dayIn(op.days) }
    ids.push(wish.id)
    return (await house.call('POST', base, wish, op.byStaff ? staff : house.courier)).status
  }
  const id = ids[indexIn(world, op.w)!]!
  const send = async (method: string, path: string, body: object, headers: Headers) =>
    (await house.call(method, `${base}/${id}/${path}`, body, headers)).status
  const post = (path: string, body: object, headers: Headers) => send('POST', path, body, headers)
  const who = (by: 'wisher' | 'staff') => (by === 'staff' ? staff : house.courier)
  const reason = '另有安排'
  switch (op.kind) {
    case 'approve':
    case 'return':
    case 'reject':
      return (await house.moderate(id, { decision: op.kind, reason })).status
    case 'merge':
      return (await house.moderate(id, { decision: 'merge', into: ids[indexIn(world, op.v)!]! })).status
    case 'revise': {
      const { kind, text, where, cost, service } = house.posted({ text: '想要一双防滑手套' })
      const [{ revision }] = await rows(`select revision from wishes where id = '${id}'`)
      const body = { revision, kind, text, where, cost, service, neededBy: dayIn(op.days) }
      return await send('PUT', 'text', body, house.courier)
    }
    case 'support':
      return await post('supporters', { ticket: tickets[op.who] }, {})
    case 'withdraw':
      return await post('withdrawal', {}, who(op.by))
    case 'confirm':
      return await post('confirmation', { done: true, ...(op.by === 'staff' ? { reason } : {}) }, who(op.by))
    case 'dispute':
      return await post('confirmation', { done: false, reason: '没有收到' }, house.courier)
    case 'reopen':
      return await post('reopening', { reason }, staff)
    case 'claim':
      return await post('claims', { id: randomUUID() }, memberOf(op.org, world.day))
    case 'assign':
      return await post('assignment', { id: randomUUID(), sponsor: organisations[op.org]!.id, reason }, staff)
    case 'extend':
    case 'release': {
      const path = op.kind === 'extend' ? 'extension' : 'release'
      return await post(path, { reason }, op.org === null ? staff : memberOf(op.org, world.day))
    }
    case 'deliver':
      return await deliver(id, memberOf(op.org, world.day), today(world))
  }
}

async function deliver(id: string, headers: Headers, on: string): Promise<number> {
  const form = new FormData()
  form.set('note', '已经送到')
  form.set('on', on)
  form.set('file', new Blob([new Uint8Array(photo)], { type: 'image/jpeg' }), 'a.jpg')
  const encoded = new Response(form)
  const reply = await house.app.inject({
    method: 'POST',
    url: `/api${base}/${id}/evidence`,
    headers: { ...headers, 'sec-fetch-site': 'same-origin', 'content-type': encoded.headers.get('content-type')! },
    payload: Buffer.from(await encoded.arrayBuffer()),
  })
  return reply.statusCode
}

/** The nights and mornings by the real queue. */
async function pass({ n, off }: Op & { kind: 'days' }): Promise<number> {
  now = new Date(now.getTime() + n * 86_400_000)
  if (off) return 200
  for (const job of [dayTurns, remindsOfWishes]) await addJob(house.app.db, job, { districtId: 1 })
  const left = () => house.app.pg.query('select last_error from graphile_worker._private_jobs')
  await vi.waitFor(async () => expect((await left()).rows).toEqual([]), { timeout: 15_000, interval: 20 })
  return 200
}

/** What the database holds of a wish, against what the model says. */
async function holdsFor(wish: Wish, id: string, op: Op): Promise<void> {
  const [row] =
    await rows(`select w.*, (select count(*)::int from wish_supporters s where s.wish_id = w.id) as supporting
    from wishes w where id = '${id}'`)
  const claims = await rows(`select * from claims where wish_id = '${id}' order by claimed_at`)
  const live = claims.filter(({ ended_at }) => ended_at === null)
  const steps = await rows(`select * from wish_steps where wish_id = '${id}' order by seq`)
  const about = JSON.stringify({ op, wish })
  expect(row.state, about).toBe(wish.state)
  expect(live.length, about).toBe(isHeld(wish.state) ? 1 : 0)
  if (live[0]) {
    expect(live[0].sponsor_id, about).toBe(organisations[wish.holder!]!.id)
    expect([live[0].due_on, live[0].extended], about).toEqual([wish.due, wish.extended])
  }
  expect(claims.length, about).toBe(wish.claims)
  expect([row.supporters, row.supporting], about).toEqual([wish.supporters.size, wish.supporters.size])
  expect(row.contact === null, about).toBe(isEnded(wish.state))
  // Where it stands on the board does not change when it comes back.
  expect(row.opened_at?.getTime() ?? null, about).toBe(wish.opened === null ? null : start + wish.opened * 86_400_000)
  expect(
    steps.map(({ seq }) => seq),
    about,
  ).toEqual(Array.from({ length: wish.steps }, (_, i) => i + 1))
  let state: State = steps[0].to_state
  for (const { step, role, from_state, to_state } of steps.slice(1)) {
    expect([from_state, to_state], about).toEqual([state, after(state, step, role)])
    state = to_state
  }
  expect(state, about).toBe(wish.state)
}

/** Whoever holds it, and nobody else. */
async function isReadBy(wish: Wish, id: string): Promise<void> {
  const ask = async (headers: Headers) => await house.call('GET', `${base}/${id}/contact`, undefined, headers)
  for (const org of organisations.keys()) {
    const { status, body } = await ask(memberOf(org))
    expect(status).toBe(wish.holder === org ? 200 : 404)
    expect(JSON.stringify(body).includes(contact)).toBe(wish.holder === org)
  }
  expect((await ask(house.secretary.headers)).status).toBe(403)
  expect((await ask({})).status).toBe(401)
}

/** Nobody holds anything when the next begins. */
async function clear(ids: string[]): Promise<void> {
  const staff = house.secretary.headers
  for (const id of ids) {
    await house.call('POST', `${base}/${id}/withdrawal`, {}, staff)
    await house.call('POST', `${base}/${id}/confirmation`, { done: true, reason: '受托' }, staff)
  }
  expect(await rows('select id from claims where ended_at is null')).toEqual([])
}
