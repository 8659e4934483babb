import { randomUUID } from 'node:crypto'
import { type Choice, choices } from '../../shared/deliberations/kinds.ts'
import { numbers } from '../load/answers.ts'
import type { Phone } from '../load/room.ts'
import { atLeast, type Check, judge, none } from './check.ts'
import type { House } from './house.ts'
import { type Cast, type Meeting, openMeeting, vote, weighStatements } from './meeting.ts'

interface Try extends Cast {
  phone: Phone
  /** Which of somebody's tries on this statement it is, from 0 on. */
  nth: number
}

interface Tried extends Try {
  status: number
  code?: string
}

const TRIES = 5

/**
 * People who try five times each on every statement, on two devices, with other words each time and sent again as phones
 * send again; the question closes in the middle.
 */
export const r8: Check = async (house, size) => {
  const { people, statements } = size === 'full' ? { people: 40, statements: 10 } : { people: 12, statements: 4 }
  const meeting = await openMeeting(house, people)
  const { id: question, options } = await weighStatements(meeting, statements)
  const tries = triesOf(meeting, options)
  const first = await storm(
    meeting,
    question,
    tries.filter(({ nth }) => nth === 0),
  )
  const rest = tries.filter(({ nth }) => nth > 0)
  let closing: Promise<unknown> | undefined
  const later = await storm(meeting, question, rest, (done) => {
    if (done >= rest.length / 2) closing ??= meeting.setState(question, 'closed')
  })
  await closing
  const all = [...first, ...later]
  const found = await recounted(house, question)
  meeting.close()
  const taken = new Set(all.filter(({ status }) => status === 200).map(({ id }) => id))
  const refused = all.filter(({ code }) => code === 'question_closed' || code === 'question_void')
  const strange = all.filter((one) => one.status !== 200 && !refused.includes(one))
  const figures = [
    atLeast('rows', found.rows, people * statements),
    none('rows_too_many', Math.max(0, found.rows - people * statements)),
    none('accepted_after_close', found.late),
    none('acknowledged_lost', [...taken].filter((id) => !found.logged.has(id)).length),
    none('entries_nobody_sent', Math.max(0, found.entries - new Set(all.map(({ id }) => id)).size)),
    none('refused_but_counted', refused.filter(({ id }) => found.logged.has(id)).length),
    none('last_words_lost', found.different),
    none('outcome_differences', found.outcomeDifferences),
    none('other_answers', strange.length),
    atLeast('refused_after_close', refused.length, 1),
    atLeast('taken_before_close', later.filter(({ status }) => status === 200).length, 1),
  ]
  return judge(
    'R8',
    size,
    figures,
    strange.map(({ status, code }) => `${status} ${code}`),
  )
}

function triesOf({ phones }: Meeting, options: string[]): Try[] {
  const random = numbers(8)
  const one = (phone: Phone, subject: string, nth: number): Try[] => {
    const choice = choices[Math.floor(random() * choices.length)] as Choice
    const cast = { id: randomUUID(), phone, subject, choice, nth }
    // The other device, or the same one again, with what was just sent.
    return [cast, cast]
  }
  return Array.from({ length: TRIES }, (_, nth) =>
    phones.flatMap((phone) => options.flatMap((subject) => one(phone, subject, nth))),
  ).flat()
}

const SIDE_BY_SIDE = 40

async function storm(
  meeting: Meeting,
  question: string,
  tries: Try[],
  done: (count: number) => void = () => undefined,
): Promise<Tried[]> {
  const tried: Tried[] = []
  let next = 0
  const worker = async () => {
    while (next < tries.length) {
      const { phone, nth, ...cast } = tries[next++]!
      const { status, body } = await vote(meeting, question, phone, cast)
      tried.push({ ...cast, phone, nth, status, code: body.code })
      done(tried.length)
    }
  }
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, worker))
  return tried
}

interface Recount {
  rows: number
  entries: number
  late: number
  /** Where the last entry of the log is not what stands. */
  different: number
  /** Where the locked outcome is not what a count of the votes says. */
  outcomeDifferences: number
  logged: Set<string>
}

/** What the database says of a question past the server. */
export async function recounted(house: House, question: string): Promise<Recount> {
  return await house.inDatabase(async (pool) => {
    const ask = async (text: string) => (await pool.query(text, [question])).rows
    const [counts] = await ask(
      `SELECT (SELECT count(*) FROM votes WHERE question_id = $1)::int AS rows,
         (SELECT count(*) FROM vote_log WHERE question_id = $1)::int AS entries,
         (SELECT count(*) FROM vote_log l JOIN questions q ON q.id = l.question_id
          WHERE q.id = $1 AND l.cast_at >= q.closed_at)::int AS late,
         (SELECT count(*) FROM votes v FULL JOIN (
            SELECT DISTINCT ON (participant_id, subject_id) * FROM vote_log WHERE question_id = $1
            ORDER BY participant_id, subject_id, cast_at DESC
          ) l USING (question_id, participant_id, subject_id)
          WHERE question_id = $1 AND (v.choice, v.channel, v.cast_at) IS DISTINCT FROM (l.choice, l.channel, l.cast_at)
         )::int AS different`,
    )
    const standing = await ask(
      `SELECT subject_id AS option, channel, choice #>> '{}' AS choice, count(*)::int AS n
       FROM votes WHERE question_id = $1 GROUP BY 1, 2, 3`,
    )
    const [{ outcome }] = await ask('SELECT outcome FROM questions WHERE id = $1')
    const logged = await ask('SELECT id FROM vote_log WHERE question_id = $1')
    return {
      ...counts,
      outcomeDifferences: outcome ? differencesOf(outcome, question, standing) : 0,
      logged: new Set(logged.map(({ id }) => id)),
    }
  })
}

type Line = { option: string; channel: 'phone' | 'seat'; choice: Choice; n: number }
type Part = { all: Record<Choice, number>; byChannel: Record<'phone' | 'seat', Record<Choice, number>> }

function differencesOf(outcome: unknown, question: string, standing: Line[]): number {
  const { results } = outcome as { results?: (Part & { option: string })[] }
  const parts = results ?? [{ ...(outcome as Part), option: question }]
  return parts.filter(({ option, all, byChannel }) =>
    choices.some((choice) => {
      const of = (channel?: 'phone' | 'seat') =>
        standing
          .filter((line) => line.option === option && line.choice === choice && (!channel || line.channel === channel))
          .reduce((sum, { n }) => sum + n, 0)
      return all[choice] !== of() || byChannel.phone[choice] !== of('phone') || byChannel.seat[choice] !== of('seat')
    }),
  ).length
}
