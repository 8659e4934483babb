import fc from 'fast-check'
import { type Club, openWall, type Wall } from './claimants.ts'
import type { House } from './house.ts'
import { type Done, explained, type Model } from './linear.ts'
import type { Said } from './meeting.ts'

type Which = 0 | 1

type Op =
  /** `claim` is the id: the same again is the same claim sent again. */
  | { kind: 'claim'; on: Which; who: number; claim: string }
  | { kind: 'release'; on: Which; who: number }
  /** Staff take it from whoever has it. */
  | { kind: 'take'; on: Which }
  | { kind: 'withdraw'; on: Which }

/** What is told: what became of it, or the name of a refusal and of who has it. */
type Answer = string

interface Wish {
  state: 'open' | 'claimed' | 'withdrawn'
  holder: number | null
}

interface State {
  wishes: [Wish, Wish]
  /** Of claims that were made: on which wish, by whom. */
  claims: Record<string, [Which, number]>
}

const CLUBS = 3
const CLIENTS = 4
/** An organisation holds one of the two at a time. */
const LIMIT = 1

const open: Wish = { state: 'open', holder: null }
const start: State = { wishes: [open, open], claims: {} }

function step(state: State, op: Op): { state: State; answer: Answer } {
  const wish = state.wishes[op.on]
  const same = (answer: Answer) => ({ state, answer })
  const put = (change: Wish, answer: Answer, claims = state.claims) => {
    const wishes = state.wishes.map((one, i) => (i === op.on ? change : one)) as State['wishes']
    return { state: { wishes, claims }, answer }
  }
  if (op.kind === 'withdraw') return put({ state: 'withdrawn', holder: null }, 'withdrawn')
  if (op.kind === 'claim') {
    const known = state.claims[op.claim]
    if (known) return same(known[0] === op.on && known[1] === op.who ? 'again' : 'same_claim')
    if (wish.state === 'withdrawn') return same('wish_withdrawn')
    if (wish.holder !== null) return same(`wish_taken ${wish.holder}`)
    if (state.wishes.some(({ holder }) => holder === op.who)) return same('claim_limit')
    return put({ state: 'claimed', holder: op.who }, 'made', { ...state.claims, [op.claim]: [op.on, op.who] })
  }
  if (op.kind === 'take') return wish.holder === null ? same('wish_state') : put(open, 'released')
  if (wish.state === 'withdrawn') return same('unknown_wish')
  if (wish.holder === null) return same('wish_state')
  return wish.holder === op.who ? put(open, 'released') : same(`wish_taken ${wish.holder}`)
}

const model: Model<State, Op, Answer> = { start, step }

const on = fc.constantFrom<Which>(0, 0, 1)
const who = fc.nat({ max: CLUBS - 1 })
const command: fc.Arbitrary<Op> = fc.oneof(
  { weight: 10, arbitrary: fc.record({ kind: fc.constant('claim' as const), on, who, claim: fc.uuid() }) },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('release' as const), on, who }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('take' as const), on }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('withdraw' as const), on: fc.constant<Which>(1) }) },
)

const programmes = (commands: number) =>
  fc.array(fc.tuple(fc.nat({ max: CLIENTS - 1 }), command, fc.boolean()), { minLength: commands, maxLength: commands })

/** Histories of wishes that are claimed, given back, taken away and withdrawn, four clients at once. */
export async function claimHistories(house: House, { histories, commands }: { histories: number; commands: number }) {
  const wall = await openWall(house, CLUBS, LIMIT)
  const answers = new Map<string, number>()
  const seen: string[] = []
  let done = 0
  const property = fc.asyncProperty(programmes(commands), async (programme) => {
    const { clients, truth } = await play(house, wall, programme)
    done += 1
    for (const { op, answer } of clients.flat()) {
      const name = `${op.kind} ${answer}`.replace(/ \d$/, '')
      answers.set(name, (answers.get(name) ?? 0) + 1)
    }
    if (!explained(model, clients, (state) => endOf(state) === truth))
      seen.push(`${JSON.stringify(clients)} ends in ${truth}`)
  })
  await fc.assert(property, { numRuns: histories, endOnFailure: true })
  wall.close()
  return { done, answers, seen }
}

const endOf = ({ wishes, claims }: State): string => JSON.stringify([wishes, Object.keys(claims).sort()])

/** Plays a programme against the server, and reads what the database holds in the end. */
async function play(house: House, wall: Wall, programme: [number, Op, boolean][]) {
  const wishes = [await wall.open(), await wall.open()] as const
  const clients = await Promise.all(
    Array.from({ length: CLIENTS }, async (_, client) => {
      const history: Done<Op, Answer>[] = []
      const claims: Op[] = []
      for (const [whose, planned, again] of programme) {
        if (whose !== client) continue
        const op = (again && planned.kind === 'claim' && claims.at(-1)) || planned
        if (op.kind === 'claim') claims.push(op)
        const begun = performance.now()
        const answer = told(wall.clubs, op, await send(wall, wishes, op))
        history.push({ op, answer, begun, ended: performance.now() })
      }
      return history
    }),
  )
  const truth = await truthOf(house, wall.clubs, wishes)
  for (const wish of wishes) await wall.call(wish, 'withdrawal', {})
  return { clients, truth }
}

function send(wall: Wall, wishes: readonly [string, string], op: Op): Promise<Said> {
  const wish = wishes[op.on]
  switch (op.kind) {
    case 'claim':
      return wall.call(wish, 'claims', { id: op.claim }, wall.clubs[op.who])
    case 'release':
      return wall.call(wish, 'release', { reason: '人手不够' }, wall.clubs[op.who])
    case 'take':
      return wall.call(wish, 'release', { reason: '社区收回' })
    case 'withdraw':
      return wall.call(wish, 'withdrawal', {})
  }
}

function told(clubs: Club[], op: Op, { status, body }: Said): Answer {
  if (status >= 500) throw new Error(`${JSON.stringify(op)}: ${status} ${JSON.stringify(body)}`)
  if (status === 409 && body.code === 'wish_taken')
    return `wish_taken ${clubs.findIndex(({ name }) => body.message.includes(name))}`
  if (status >= 400) return body.code
  if (op.kind === 'claim') return status === 201 ? 'made' : 'again'
  return op.kind === 'withdraw' ? 'withdrawn' : 'released'
}

/** In the words of the model. */
async function truthOf(house: House, clubs: Club[], wishes: readonly [string, string]): Promise<string> {
  return await house.inDatabase(async (pool) => {
    const ask = async (text: string, ...values: unknown[]) => (await pool.query(text, values)).rows
    const each = wishes.map(async (wish) => {
      const [{ state }] = await ask('SELECT state FROM wishes WHERE id = $1', wish)
      const live = await ask('SELECT sponsor_id FROM claims WHERE wish_id = $1 AND ended_at IS NULL', wish)
      if (live.length > 1) return 'held twice'
      return { state, holder: live[0] ? clubs.findIndex(({ id }) => id === live[0].sponsor_id) : null }
    })
    const claims = await ask('SELECT id FROM claims WHERE wish_id = ANY ($1)', wishes)
    return JSON.stringify([await Promise.all(each), claims.map(({ id }) => id).sort()])
  })
}
