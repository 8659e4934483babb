import { randomUUID } from 'node:crypto'
import { Agent } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { choices } from '../../shared/deliberations/kinds.ts'
import type { Counts, RoomEvent } from '../../shared/deliberations/room.ts'
import { quantileOf } from '../load/measure.ts'
import { type LoadedRoom, openRoom, type Phone } from '../load/room.ts'
import { openScreen, type Screen, until } from '../load/screens.ts'
import { atLeast, type Check, judge, none, within } from './check.ts'
import type { House } from './house.ts'
import { post } from './storm.ts'

const sizes = {
  full: { clients: 1_000, perSecond: 300, seconds: 60 },
  test: { clients: 60, perSecond: 60, seconds: 4 },
}

/** A live room with a thousand screens while votes pour in, and the server restarted in the middle: all are back, and show what is in the database. */
export const r11: Check = async (house, size) => {
  const { clients, perSecond, seconds } = sizes[size]
  const room = await openRoom(house.url, house.key, house.communities[0]!, clients)
  const { id } = await room.ask('motion', '把原锅炉房改成社区食堂')
  await room.setState(id, 'open')
  const start = await room.read()
  const heard: { seq: number; at: number; openedAt: number }[] = []
  const note = ({ seq }: RoomEvent, at: number, { openedAt }: Screen) => {
    if (openedAt !== undefined) heard.push({ seq, at, openedAt })
  }
  const screens = room.phones.map(() => openScreen(house.url, room.path, start, note))
  const isBack = () => screens.every(({ openedAt }) => openedAt !== undefined)
  await until(isBack, 30_000, 'screens open')

  const storm = vote(house, room, id, perSecond, seconds)
  await sleep((seconds * 1_000) / 2)
  const stopped = performance.now()
  await house.stop()
  await until(() => screens.every(({ openedAt }) => openedAt === undefined), 5_000, 'screens let go')
  await house.start()
  const ready = performance.now()
  await until(isBack, 60_000, 'screens back')
  const [backMs, restartMs] = [performance.now() - ready, ready - stopped]
  const { taken, faults } = await storm

  await room.setState(id, 'closed')
  const counts = await inDatabase(house, id)
  const stored = counts.agree + counts.disagree + counts.pass
  const outcomeOf = (screen: Screen) => screen.room.questions.find((question) => question.id === id)?.outcome
  const shows = (screen: Screen) => {
    const outcome = outcomeOf(screen)
    return outcome?.kind === 'motion' && choices.every((choice) => outcome.all[choice] === counts[choice])
  }
  await until(() => screens.every(shows), 10_000, 'the outcome on every screen').catch(() => undefined)
  const wrong = screens.filter((screen) => !shows(screen)).length
  for (const screen of screens) screen.close()

  const told = await toldAt(house, room.id)
  const live = heard.flatMap(({ seq, at, openedAt }) => {
    const since = told.get(seq) ?? Number.POSITIVE_INFINITY
    return since > openedAt ? [Math.max(0, at - since)] : []
  })
  const figures = [
    atLeast('screens_sent_on', screens.filter(({ sentOn }) => sentOn > 0).length, clients),
    atLeast('votes_taken', taken, perSecond * seconds),
    none('votes_lost', perSecond * seconds - (await logged(house, id))),
    none('people_not_counted', Math.min(clients, perSecond * seconds) - stored),
    none('screens_that_show_something_else', wrong),
    none('faults', faults.length),
    atLeast('events_heard', live.length, clients * seconds),
    within('fan_out_median', quantileOf(live, 0.5), 1_000),
    within('fan_out_p99', quantileOf(live, 0.99), 3_000),
    within('all_back', backMs, 15_000),
    {
      figure: 'restart',
      value: Math.round(restartMs),
      limit: 15_000,
      better: 'lower' as const,
      unit: 'ms',
      timing: true as const,
    },
  ]
  return judge('R11', size, figures, faults)
}

/** Votes at a steady rate, each sent again until it is taken, as phones do that keep what they could not send. */
async function vote(house: House, room: LoadedRoom, question: string, perSecond: number, seconds: number) {
  const seen = { taken: 0, faults: [] as string[] }
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  const path = `${room.path}/questions/${question}/votes`
  const send = async ({ ticket }: Phone, n: number) => {
    const choice = choices[n % choices.length]
    const body = JSON.stringify({ ticket, votes: [{ id: randomUUID(), subject: question, choice }] })
    for (;;) {
      const reply = await post(house, agent, path, body).catch(() => undefined)
      if (reply?.status === 200) break
      // A server that stops says so without more words.
      if (reply && reply.status !== 503) {
        seen.faults.push(`${reply.status} ${reply.body.slice(0, 200)}`)
        return
      }
      await sleep(500 + Math.random() * 1_000)
    }
    seen.taken += 1
  }
  const begun = performance.now()
  const all: Promise<void>[] = []
  for (let n = 0; n < perSecond * seconds; n += 1) {
    const early = begun + (n / perSecond) * 1_000 - performance.now()
    if (early > 1) await sleep(early)
    all.push(send(room.phones[n % room.phones.length]!, n))
  }
  await Promise.all(all)
  agent.destroy()
  return seen
}

const inDatabase = (house: House, question: string): Promise<Counts> =>
  house.inDatabase(async (pool) => {
    const text = `SELECT choice #>> '{}' AS choice, count(*)::int AS n FROM votes
                  WHERE district_id = 1 AND question_id = $1 GROUP BY 1`
    const { rows } = await pool.query<{ choice: keyof Counts; n: number }>(text, [question])
    const of = (wanted: string) => rows.find(({ choice }) => choice === wanted)?.n ?? 0
    return { agree: of('agree'), disagree: of('disagree'), pass: of('pass') }
  })

const logged = (house: House, question: string): Promise<number> =>
  house.inDatabase(async (pool) => {
    const text = 'SELECT count(*)::int AS n FROM vote_log WHERE district_id = 1 AND question_id = $1'
    return (await pool.query<{ n: number }>(text, [question])).rows[0]!.n
  })

/** When each event was told. */
const toldAt = (house: House, deliberation: string): Promise<Map<number, number>> =>
  house.inDatabase(async (pool) => {
    const text = 'SELECT seq, at FROM deliberation_events WHERE district_id = 1 AND deliberation_id = $1'
    const { rows } = await pool.query<{ seq: number; at: Date }>(text, [deliberation])
    return new Map(rows.map(({ seq, at }) => [seq, at.getTime()]))
  })
