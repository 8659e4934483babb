import { type ChildProcess, fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Statement } from '../../shared/deliberations/statements-api.ts'
import { type House, openHouse } from '../checks/house.ts'
import { note, quantileOf, report } from './measure.ts'
import { type LoadedRoom, openRoom } from './room.ts'
import type { Order, Said } from './room-phones.ts'
import { openScreen, until } from './screens.ts'

const bench = 'deliberation'
const PHONES = 500
const STATEMENTS = 40
const WARM = 3
const REACH_MS = 300
const VOTE_SECONDS = 5
const VOTE_MS = 200
const PEOPLE = 2_000
const OPTIONS = 200
const GROUPS_MS = 2_000
const HEALTH_MS = 200

const house = await openHouse(1, { LOG_LEVEL: 'warn' })
try {
  const room = await openRoom(house.url, house.key, house.communities[0]!, PHONES)
  const phones = startPhones()
  await phones.ask(
    { order: 'follow', url: house.url.href, path: room.path, room: await room.read(), phones: room.phones },
    'ready',
  )
  note({ bench, figure: 'server_with_500_phones', value: house.residentMb(), unit: 'MB', better: 'lower' })
  await approve(room, phones)
  await vote(room, phones)
  phones.stop()
  await group(house)
} finally {
  await house.close()
}

/** The phones are a process of their own: it is the server that is measured. */
function startPhones() {
  const script = fileURLToPath(new URL('./room-phones.ts', import.meta.url))
  const child: ChildProcess = fork(script, { execArgv: ['--import', 'tsx'] })
  const heard: ((said: Said) => void)[] = []
  child.on('message', (said: Said) => {
    for (const hear of heard) hear(said)
  })
  const next = <S extends Said['said']>(wanted: S) =>
    new Promise<Extract<Said, { said: S }>>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`phones: no ${wanted} in a minute`)), 60_000)
      const hear = (said: Said) => {
        if (said.said !== wanted) return
        clearTimeout(late)
        heard.splice(heard.indexOf(hear), 1)
        resolve(said as Extract<Said, { said: S }>)
      }
      heard.push(hear)
    })
  return {
    next,
    ask<S extends Said['said']>(order: Order, wanted: S) {
      const answer = next(wanted)
      child.send(order)
      return answer
    },
    stop: () => child.kill(),
  }
}

type Phones = ReturnType<typeof startPhones>

/** From the click of the secretary until a statement is on the phones. */
async function approve(room: LoadedRoom, phones: Phones): Promise<void> {
  const reached: number[] = []
  const slowest: number[] = []
  for (let n = 0; n < WARM + STATEMENTS; n += 1) {
    const id = randomUUID()
    const ticket = room.phones[n]!.ticket
    const text = `第 ${n} 条：楼下的健身器材坏了很久，希望修一修，再添几把带靠背的椅子，老人走累了能坐一坐。`
    await room.staff('POST', `${room.path}/statements`, { id, ticket, text })
    const had = phones.next('statement')
    const begun = Date.now()
    await room.staff<Statement>('PUT', `${room.path}/statements/${id}/state`, { state: 'shown' })
    const { at } = await had
    if (n >= WARM) {
      reached.push(...at.map((moment) => moment - begun))
      slowest.push(Math.max(...at) - begun)
    }
    await sleep(100)
  }
  const unit = 'ms'
  const limit = REACH_MS
  report({ bench, figure: 'statement_on_phone_p95', value: quantileOf(reached, 0.95), unit, limit, better: 'lower' })
  report({
    bench,
    figure: 'statement_on_last_phone_p95',
    value: quantileOf(slowest, 0.95),
    unit,
    limit,
    better: 'lower',
  })
}

async function vote(room: LoadedRoom, phones: Phones): Promise<void> {
  const { id } = await room.ask('motion', '把原锅炉房改成社区食堂')
  await room.setState(id, 'open')
  const { tookMs, faults } = await phones.ask({ order: 'vote', question: id, seconds: VOTE_SECONDS }, 'voted')
  const { outcome } = await room.setState(id, 'closed')
  if (outcome?.kind !== 'motion') throw new Error('no outcome')
  const { agree, disagree, pass } = outcome.all
  const counted = agree + disagree + pass
  const figure = (figure: string, value: number, limit: number, better: 'lower' | 'higher', unit = 'votes') =>
    report({ bench, figure, value, unit, limit, better })
  figure('votes_counted', counted, PHONES, 'higher')
  figure('votes_counted_twice', Math.max(0, counted - PHONES), 0, 'lower')
  figure('votes_refused', faults.length, 0, 'lower')
  figure('vote_answer_p95', quantileOf(tookMs, 0.95), VOTE_MS, 'lower', 'ms')
}

/** Opinion groups of a large room: how long after the question was closed they are on the wall, while the server answers others. */
async function group(house: House): Promise<void> {
  const room = await openRoom(house.url, house.key, house.communities[0]!, 0)
  const statements = Array.from({ length: OPTIONS }, () => randomUUID())
  for (const [n, id] of statements.entries())
    await room.staff('POST', `${room.path}/statements/taken`, { id, text: `第 ${n + 1} 条意见` })
  const { id, options } = await room.ask(
    'opinion',
    '这些意见您赞成吗',
    statements.map((id, n) => ({ id, text: `第 ${n + 1} 条意见` })),
  )
  await room.setState(id, 'open')
  await fill(
    house,
    room.id,
    id,
    options.map((option) => option.id),
  )
  const closed = { at: 0 }
  let grouped: number | undefined
  let found = 0
  const screen = openScreen(house.url, room.path, await room.read(), ({ change }, at) => {
    if (change.kind !== 'question' || change.question.outcome?.kind !== 'opinion') return
    const { groups, withoutGroups } = change.question.outcome
    if (!groups && !withoutGroups) return
    grouped ??= at
    found = groups?.k ?? 0
  })
  await until(() => screen.openedAt !== undefined, 10_000, 'the wall')
  const health = watchHealth(house)
  const begun = Date.now()
  await room.setState(id, 'closed')
  closed.at = Date.now()
  await until(() => grouped !== undefined, 60_000, 'opinion groups')
  screen.close()
  const figure = (figure: string, value: number, limit: number, unit: string, better: 'lower' | 'higher' = 'lower') =>
    report({ bench, figure, value, unit, limit, better })
  note({ bench, figure: 'closing_400000_votes', value: closed.at - begun, unit: 'ms', better: 'lower' })
  figure('opinion_groups_2000x200', Math.max(0, grouped! - closed.at), GROUPS_MS, 'ms')
  figure('opinion_groups_found', found, 2, 'groups', 'higher')
  figure('healthz_slowest_meanwhile', await health.stop(), HEALTH_MS, 'ms')
}

/** Two thousand people of three minds, who have said something to nine statements of ten. */
async function fill(house: House, deliberation: string, question: string, options: string[]): Promise<void> {
  await house.inDatabase(async (pool) => {
    await pool.query(
      `INSERT INTO participants (district_id, id, deliberation_id, number, channel, names_me, signed_in_at)
       SELECT 1, gen_random_uuid(), $1, n, 'phone', false, now() FROM generate_series(1, $2) AS n`,
      [deliberation, PEOPLE],
    )
    await pool.query(
      `INSERT INTO votes (district_id, question_id, subject_id, participant_id, choice, channel, cast_at)
       SELECT 1, $2, option, id, to_jsonb(CASE WHEN random() < 0.1 THEN 'pass'
         WHEN (random() < 0.85) = ((number % 3 + place) % 3 = 0) THEN 'agree' ELSE 'disagree' END), 'phone', now()
       FROM participants, unnest($3::uuid[]) WITH ORDINALITY AS options (option, place)
       WHERE district_id = 1 AND deliberation_id = $1 AND random() < 0.9`,
      [deliberation, question, options],
    )
    await pool.query('ANALYZE votes')
  })
}

/** The slowest answer to whether the server is there. */
function watchHealth(house: House) {
  let slowest = 0
  let over = false
  const watching = (async () => {
    while (!over) {
      const begun = performance.now()
      await (await fetch(new URL('/healthz', house.url))).text()
      slowest = Math.max(slowest, performance.now() - begun)
      await sleep(20)
    }
  })()
  return {
    async stop() {
      over = true
      await watching
      return slowest
    },
  }
}
