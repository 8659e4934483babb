import { createHash, randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { type Choice, choices } from '../../shared/deliberations/kinds.ts'
import { atLeast, type Check, judge, none } from './check.ts'
import type { House } from './house.ts'
import { type Done, explained, type Model } from './linear.ts'
import { type Meeting, openMeeting, vote } from './meeting.ts'
import { recounted } from './r8.ts'
import { claimHistories } from './r12-claims.ts'

/** A motion, and the one that is put again after it was voided. */
type Which = 0 | 1

type Op =
  /** `cast` is the id: the same again is the same vote sent again. */
  | { kind: 'vote'; on: Which; who: number; choice: Choice; cast: string }
  | { kind: 'open' | 'close' | 'void' | 'rerun'; on: Which }
  | { kind: 'leave'; who: number }
  | { kind: 'return'; who: number }

/** What is told: how many votes were taken, what a question is now, or the name of a refusal. */
type Answer = string

interface Question {
  state: 'none' | 'draft' | 'open' | 'closed' | 'void'
  votes: Record<number, Choice>
  casts: string[]
  /** Those present, and the outcome, at closing. */
  outcome?: string
}

interface State {
  questions: [Question, Question]
  gone: number[]
}

const PEOPLE = 3
const CLIENTS = 4

const fresh = { votes: {}, casts: [] }
const start: State = {
  questions: [
    { ...fresh, state: 'open' },
    { ...fresh, state: 'none' },
  ],
  gone: [],
}

function step(state: State, op: Op): { state: State; answer: Answer } {
  const same = (answer: Answer) => ({ state, answer })
  if (op.kind === 'leave') {
    const answer = state.gone.includes(op.who) ? 'false' : 'true'
    return { state: { ...state, gone: [...new Set([...state.gone, op.who])].sort() }, answer }
  }
  if (op.kind === 'return')
    return { state: { ...state, gone: state.gone.filter((one) => one !== op.who) }, answer: 'in' }
  const question = state.questions[op.on]
  const put = (change: Partial<Question>, answer: Answer, on: Which = op.on) => {
    const questions = state.questions.map((one, i) => (i === on ? { ...one, ...change } : one))
    return { state: { ...state, questions: questions as State['questions'] }, answer }
  }
  if (op.kind === 'rerun') {
    if (state.questions[1].state !== 'none') return same('rerun')
    return state.questions[0].state === 'void' ? put({ state: 'draft' }, 'rerun', 1) : same('question_state')
  }
  if (question.state === 'none') return same('unknown_question')
  if (op.kind === 'vote') return voted(state, question, op, put)
  return turned(state, question, op.kind, put)
}

type Put = (change: Partial<Question>, answer: Answer) => { state: State; answer: Answer }

function voted(state: State, { state: now, votes, casts }: Question, op: Op & { kind: 'vote' }, put: Put) {
  if (casts.includes(op.cast)) return { state, answer: '0' }
  if (now === 'draft') return { state, answer: 'question_not_open' }
  if (now !== 'open') return { state, answer: `question_${now}` }
  if (state.gone.includes(op.who)) return { state, answer: 'not_present' }
  return put({ votes: { ...votes, [op.who]: op.choice }, casts: [...casts, op.cast].sort() }, '1')
}

function turned(state: State, { state: now, votes }: Question, kind: 'open' | 'close' | 'void' | 'rerun', put: Put) {
  const same = (answer: Answer) => ({ state, answer })
  if (kind === 'open') {
    if (now === 'draft') return put({ state: 'open' }, 'open')
    return same(now === 'open' ? 'open' : now === 'void' ? 'question_void' : 'question_state')
  }
  if (kind === 'void') {
    if (now === 'draft') return same('question_state')
    return put({ state: 'void' }, 'void')
  }
  if (now === 'draft') return same('question_not_open')
  if (now === 'void') return same('question_void')
  if (now === 'closed') return same('closed')
  // Whoever has voted was there, even if gone since.
  const present = Array.from({ length: PEOPLE }, (_, who) => who).filter(
    (who) => !state.gone.includes(who) || votes[who] !== undefined,
  )
  return put({ state: 'closed', outcome: outcomeOf(present.length, Object.values(votes)) }, 'closed')
}

const outcomeOf = (present: number, votes: Choice[]): string =>
  JSON.stringify([present, choices.map((choice) => votes.filter((one) => one === choice).length)])

const model: Model<State, Op, Answer> = { start, step }

/** Commands of clients that go on side by side; a vote is sent again now and then. */
const on = fc.constantFrom<Which>(0, 0, 1)
const who = fc.nat({ max: PEOPLE - 1 })
const command: fc.Arbitrary<Op> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      ...{ kind: fc.constant('vote' as const), on, who, choice: fc.constantFrom(...choices), cast: fc.uuid() },
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('close' as const, 'void' as const), on }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom('open' as const, 'rerun' as const), on: fc.constant<Which>(1) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('leave' as const), who }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('return' as const), who }) },
)

const programmes = (commands: number) =>
  fc.array(fc.tuple(fc.nat({ max: CLIENTS - 1 }), command, fc.boolean()), { minLength: commands, maxLength: commands })

/**
 * Histories of votes that change, questions that close, are voided and put again, and people who come and go, four clients
 * at once; and of wishes that are claimed and given back.
 */
export const r12: Check = async (house, size) => {
  const { histories, commands } = size === 'full' ? { histories: 200, commands: 50 } : { histories: 12, commands: 30 }
  let unexplained = 0
  let done = 0
  const answers = new Map<string, number>()
  const seen: string[] = []
  const property = fc.asyncProperty(programmes(commands), async (programme) => {
    const { clients, truth } = await play(house, programme)
    done += 1
    for (const { op, answer } of clients.flat()) {
      const name = `${op.kind} ${answer}`
      answers.set(name, (answers.get(name) ?? 0) + 1)
    }
    if (explained(model, clients, (state) => endOf(state) === truth)) return
    unexplained += 1
    seen.push(`${JSON.stringify(clients)} ends in ${truth}`)
  })
  await fc.assert(property, { numRuns: histories, endOnFailure: true })
  const claims = await claimHistories(house, { histories, commands })
  const figures = [
    atLeast('histories', done, histories),
    none('not_explained', unexplained),
    // What never came up was not checked.
    ...['vote 1', 'vote 0', 'vote question_closed', 'vote question_void', 'vote not_present', 'rerun rerun'].map(
      (name) => atLeast(name.replaceAll(' ', '_'), answers.get(name) ?? 0, 1),
    ),
    atLeast('histories_of_claims', claims.done, histories),
    none('claims_not_explained', claims.seen.length),
    ...['made', 'again', 'wish_taken', 'claim_limit'].map((name) =>
      atLeast(`claim_${name}`, claims.answers.get(`claim ${name}`) ?? 0, 1),
    ),
    ...['release released', 'release wish_taken', 'release wish_state', 'take released', 'withdraw withdrawn'].map(
      (name) => atLeast(name.replaceAll(' ', '_'), claims.answers.get(name) ?? 0, 1),
    ),
  ]
  return judge('R12', size, figures, [...seen, ...claims.seen])
}

const endOf = ({ questions }: State): string =>
  JSON.stringify(
    questions.map(({ state, votes, casts, outcome }) => [state, Object.entries(votes), casts, outcome ?? null]),
  )

/** Plays a programme against the server, and reads what the database holds in the end. */
async function play(house: House, programme: [number, Op, boolean][]) {
  const meeting = await openMeeting(house, PEOPLE, CLIENTS)
  const { id } = await meeting.ask('motion', '是否同意')
  await meeting.setState(id, 'open')
  const ids = [id, randomUUID()] as const
  const clients = await Promise.all(
    Array.from({ length: CLIENTS }, async (_, client) => {
      const history: Done<Op, Answer>[] = []
      const votes: Op[] = []
      for (const [whose, planned, again] of programme) {
        if (whose !== client) continue
        const op = (again && planned.kind === 'vote' && votes.at(-1)) || planned
        if (op.kind === 'vote') votes.push(op)
        const begun = performance.now()
        const answer = await ask(meeting, ids, op)
        history.push({ op, answer, begun, ended: performance.now() })
      }
      return history
    }),
  )
  const truth = await truthOf(house, meeting, ids)
  meeting.close()
  return { clients, truth }
}

async function ask(meeting: Meeting, ids: readonly [string, string], op: Op): Promise<Answer> {
  const said = await send(meeting, ids, op)
  if (said.status >= 500) throw new Error(`${JSON.stringify(op)}: ${said.status} ${JSON.stringify(said.body)}`)
  if (said.status >= 400) return said.body.code
  switch (op.kind) {
    case 'vote':
      return String(said.body.taken)
    case 'leave':
      return String(said.body.left)
    case 'return':
      return 'in'
    case 'rerun':
      return 'rerun'
    default:
      return said.body.state
  }
}

function send(meeting: Meeting, ids: readonly [string, string], op: Op) {
  switch (op.kind) {
    case 'vote': {
      const { cast: id, choice } = op
      return vote(meeting, ids[op.on], meeting.phones[op.who]!, { id, subject: ids[op.on], choice })
    }
    case 'leave':
      return meeting.call('POST', '/attendance/leaving', { ticket: meeting.phones[op.who]!.ticket })
    case 'return':
      return meeting.call('POST', '/attendance', meeting.phones[op.who]!)
    case 'rerun':
      return meeting.call('POST', `/questions/${ids[0]}/reruns`, { id: ids[1], reason: '重来' })
    default: {
      const state = { open: 'open', close: 'closed', void: 'void' }[op.kind]
      return meeting.call('PUT', `/questions/${ids[op.on]}/state`, { state, reason: '作废' })
    }
  }
}

/** In the words of the model. */
async function truthOf(house: House, { phones }: Meeting, ids: readonly [string, string]): Promise<string> {
  const parts = await Promise.all(
    ids.map((id) =>
      house.inDatabase(async (pool) => {
        const { rows } = await pool.query('SELECT state, outcome FROM questions WHERE id = $1', [id])
        const votes = await pool.query(
          `SELECT array_position($2::text[], encode(p.ticket_hash, 'hex')) - 1 AS who, choice FROM votes v
           JOIN participants p ON p.id = v.participant_id WHERE question_id = $1 ORDER BY 1`,
          [id, phones.map(({ ticket }) => hashed(ticket))],
        )
        const { rows: log } = await pool.query('SELECT id FROM vote_log WHERE question_id = $1 ORDER BY 1', [id])
        const { different, late, outcomeDifferences } = rows.length > 0 ? await recounted(house, id) : nothing
        if (different + late + outcomeDifferences > 0) return 'the log, the votes and the outcome differ'
        const [question] = rows
        const outcome = question?.outcome
        return [
          question?.state ?? 'none',
          votes.rows.map(({ who, choice }) => [String(who), choice]),
          log.map((one) => one.id),
          outcome ? JSON.stringify([outcome.present, choices.map((choice) => outcome.all[choice])]) : null,
        ]
      }),
    ),
  )
  return JSON.stringify(parts)
}

const hashed = (ticket: string): string => createHash('sha256').update(ticket).digest('hex')

const nothing = { different: 0, late: 0, outcomeDifferences: 0 }
