import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { numbers } from '../load/answers.ts'
import { atLeast, type Check, judge, none } from './check.ts'
import { type Club, openWall, type Wall } from './claimants.ts'
import type { House } from './house.ts'

interface Pressed {
  wish: string
  by: Club
  status: number
  code?: string
  message?: string
}

/**
 * All organisations press on all wishes at once; then they give back and claim anew; then claims run out, through the real
 * queue, while all press on. Meanwhile the database is looked into again and again.
 */
export const r7: Check = async (house, size) => {
  const { wishes: n, clubs } = size === 'full' ? { wishes: 100, clubs: 60 } : { wishes: 20, clubs: 8 }
  const wall = await openWall(house, clubs, 1_000)
  const wishes: string[] = []
  while (wishes.length < n) wishes.push(await wall.open())
  const sampling = sample(house, wishes)

  const first = await storm(wall, wishes)
  const released = await releases(wall, wishes, first)
  const again = released.claims
  const late = wishes.slice(0, n / 2)
  await house.inDatabase((pool) =>
    pool.query(`UPDATE claims SET due_on = '2020-01-01' WHERE ended_at IS NULL AND wish_id = ANY ($1)`, [late]),
  )
  const queued = expire(house)
  const during = await pressUntil(wall, late, () => expired(house, late).then((count) => count >= late.length))
  await queued
  const samples = await sampling.stop()
  wall.close()

  const all = [...first, ...again, ...during]
  const won = all.filter(({ status }) => status === 201)
  const lost = all.filter(({ status }) => status !== 201)
  const names = new Set(wall.clubs.map(({ name }) => name))
  const strange = lost.filter(
    ({ status, code, message }) => status !== 409 || code !== 'wish_taken' || !namesOne(message, names),
  )
  const end = await endOf(house, wishes)
  const figures = [
    atLeast('presses', all.length, n * clubs * 2),
    none('first_not_claimed_once', wishes.filter((wish) => wonIn(first, wish) !== 1).length),
    none('not_held_once_at_the_end', end.notOnce),
    none('samples_with_two_or_without_its_holder', samples.bad),
    atLeast('samples', samples.taken, size === 'full' ? 100 : 10),
    none('claims_nobody_was_told_of', Math.abs(end.claims - won.length)),
    none('releases_lost', Math.abs(end.released - released.done)),
    atLeast('released', released.done, n),
    none('not_expired_once', Math.abs(end.expired - late.length)),
    none('losers_not_told_who', strange.length),
    none('answers_5xx', all.filter(({ status }) => status >= 500).length),
    none('gaps_in_history', end.gaps),
  ]
  return judge(
    'R7',
    size,
    figures,
    strange.map(({ status, code, message }) => `${status} ${code} ${message}`),
  )
}

const wonIn = (pressed: Pressed[], wish: string) =>
  pressed.filter((one) => one.wish === wish && one.status === 201).length

const namesOne = (message = '', names: Set<string>) => names.has(/由(共建单位[0-9a-f]{8})认领/.exec(message)?.[1] ?? '')

async function press(wall: Wall, wish: string, by: Club): Promise<Pressed> {
  const { status, body } = await wall.call(wish, 'claims', { id: randomUUID() }, by)
  return { wish, by, status, ...(status === 201 ? {} : { code: body.code, message: body.message }) }
}

/** Everybody goes through all wishes, one after the other. */
async function storm(wall: Wall, wishes: string[]): Promise<Pressed[]> {
  const through = async (club: Club) => {
    const own: Pressed[] = []
    for (const wish of wishes) own.push(await press(wall, wish, club))
    return own
  }
  return (await Promise.all(wall.clubs.map(through))).flat()
}

/** Whoever holds a wish gives it back while all others press on it, and one of them has it next. */
async function releases(wall: Wall, wishes: string[], first: Pressed[]) {
  const random = numbers(7)
  const claims: Pressed[] = []
  let done = 0
  const holders = new Map(first.filter(({ status }) => status === 201).map(({ wish, by }) => [wish, by]))
  const one = async (wish: string) => {
    let has = false
    const release = async () => {
      await sleep(random() * 5)
      const { status } = await wall.call(wish, 'release', { reason: '人手不够' }, holders.get(wish))
      if (status !== 200) throw new Error(`release: ${status}`)
      done += 1
    }
    const others = async (club: Club) => {
      while (!has) {
        const pressed = await press(wall, wish, club)
        claims.push(pressed)
        has ||= pressed.status === 201
      }
    }
    await Promise.all([release(), ...wall.clubs.map(others)])
  }
  // A few wishes at a time: on each of them everybody presses until it is had.
  for (let at = 0; at < wishes.length; at += 4) await Promise.all(wishes.slice(at, at + 4).map(one))
  return { claims, done }
}

/** As the clock of the queue would, twice. */
async function expire(house: House): Promise<void> {
  await sleep(200)
  const add = `SELECT graphile_worker.add_job('turn-wishes', payload => '{"districtId":1}'::json)`
  await house.inDatabase(async (pool) => {
    await pool.query(add)
    await pool.query(add)
  })
}

async function expired(house: House, wishes: string[]): Promise<number> {
  return await house.inDatabase(async (pool) => {
    const text = `SELECT count(*)::int AS n FROM claims WHERE ended = 'expired' AND wish_id = ANY ($1)`
    return (await pool.query(text, [wishes])).rows[0].n
  })
}

const LONGEST_MS = 60_000

/** Everybody presses on until it has happened, and once more on everything after that. */
async function pressUntil(wall: Wall, wishes: string[], happened: () => Promise<boolean>): Promise<Pressed[]> {
  const until = performance.now() + LONGEST_MS
  const pressed: Pressed[] = []
  while (!(await happened()) && performance.now() < until) pressed.push(...(await storm(wall, wishes)))
  return [...pressed, ...(await storm(wall, wishes))]
}

/** What must hold at every moment: a wish is held by one where it says so, and by nobody where it is open. */
const wrong = `SELECT count(*)::int AS n FROM (
  SELECT w.state, count(c.id) FROM wishes w LEFT JOIN claims c ON c.wish_id = w.id AND c.ended_at IS NULL
  WHERE w.id = ANY ($1) GROUP BY w.id, w.state
  HAVING count(c.id) <> CASE WHEN w.state = 'claimed' THEN 1 ELSE 0 END) AS wrong`

function sample(house: House, wishes: string[]) {
  let going = true
  const sampled = house.inDatabase(async (pool) => {
    const seen = { taken: 0, bad: 0 }
    while (going) {
      seen.bad += (await pool.query(wrong, [wishes])).rows[0].n
      seen.taken += 1
      await sleep(20)
    }
    return seen
  })
  return {
    stop() {
      going = false
      return sampled
    },
  }
}

async function endOf(house: House, wishes: string[]) {
  return await house.inDatabase(async (pool) => {
    const text = `SELECT count(*)::int AS claims, count(*) FILTER (WHERE ended = 'released')::int AS released,
        count(*) FILTER (WHERE ended = 'expired')::int AS expired,
        (SELECT count(*) FROM unnest($1::uuid[]) AS w (id) WHERE 1 <>
          (SELECT count(*) FROM claims c WHERE c.wish_id = w.id AND c.ended_at IS NULL))::int AS "notOnce",
        (SELECT count(*) FROM (SELECT wish_id FROM wish_steps WHERE wish_id = ANY ($1)
          GROUP BY wish_id HAVING max(seq) <> count(*)) AS gaps)::int AS gaps
      FROM claims WHERE wish_id = ANY ($1)`
    return (await pool.query(text, [wishes])).rows[0] as Record<
      'claims' | 'released' | 'expired' | 'notOnce' | 'gaps',
      number
    >
  })
}
