import { Agent } from 'node:http'
import type { Submission } from '../../shared/surveys/api.ts'
import { numbers, submissionOf } from '../load/answers.ts'
import { atLeast, type Check, judge, none } from './check.ts'
import type { House } from './house.ts'
import { post, RESPONSES, type Reply } from './storm.ts'

const AT_ONCE = 5
/** Ids that are on their way at the same time. */
const SIDE_BY_SIDE = 20

/** The same answer five times at once, again after a restart, and something else under its id. */
export const r4: Check = async (house, size) => {
  const random = numbers(4)
  const ids = size === 'full' ? 1_000 : 100
  const submissions = Array.from({ length: ids }, () => submissionOf(random, house.communities, {}, false))
  const agent = new Agent({ keepAlive: true, maxSockets: SIDE_BY_SIDE * AT_ONCE })
  const send = (one: Submission, times: number) => {
    return Promise.all(Array.from({ length: times }, () => post(house, agent, RESPONSES, JSON.stringify(one))))
  }
  const first = await each(submissions, (one) => send(one, AT_ONCE))
  await house.stop()
  await house.start()
  const again = await each(submissions, (one) => send(one, AT_ONCE))
  const before = await rowsOf(house, submissions)
  const others = await each(submissions, (one, index) => send(changed(one, index), 1))
  const after = await rowsOf(house, submissions)
  agent.destroy()

  const all = submissions.map((_, index) => [...(first[index] ?? []), ...(again[index] ?? [])])
  const made = first.map((replies) => replies.filter(({ status }) => status === 201).length)
  const strange = all.filter((replies) => new Set(replies.map(({ body }) => body)).size !== 1)
  const refused = all.flat().filter(({ status }) => status !== 200 && status !== 201)
  const taken = others.flat().filter(({ status }) => status !== 409 && status !== 422)
  const figures = [
    atLeast('rows', before.size, ids),
    none('not_made_exactly_once', made.filter((times) => times !== 1).length),
    none('made_again', again.flat().filter(({ status }) => status === 201).length),
    none('not_answered_2xx', refused.length),
    none('answered_differently', strange.length),
    none('other_content_not_refused', taken.length),
    none('rows_changed', [...before].filter(([id, row]) => after.get(id) !== row).length),
  ]
  return judge('R4', size, figures, [...refused, ...taken].map(describe))
}

const describe = ({ status, body }: Reply) => `${status} ${body}`

/** In order of the submissions, so many of them at a time. */
async function each<T>(submissions: Submission[], work: (one: Submission, index: number) => Promise<T>): Promise<T[]> {
  const results = new Array<T>(submissions.length)
  let next = 0
  const worker = async () => {
    while (next < submissions.length) {
      const index = next++
      results[index] = await work(submissions[index] as Submission, index)
    }
  }
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, worker))
  return results
}

/** Other answers, another community, another time, or another channel of the same person. */
function changed(one: Submission, index: number): Submission {
  const suggestion = `${String((one.answers as { suggestion?: string }).suggestion)}，改过`
  if (index % 3 === 0) return { ...one, answers: { ...one.answers, suggestion } }
  if (index % 3 === 1) return { ...one, proxy: !one.proxy }
  return { ...one, startedAt: new Date(Date.parse(one.startedAt) - 1_000).toISOString() }
}

function rowsOf(house: House, submissions: Submission[]): Promise<Map<string, string>> {
  return house.inDatabase(async (pool) => {
    const text = 'SELECT id, r::text AS row FROM responses r WHERE district_id = 1 AND id = ANY ($1)'
    const { rows } = await pool.query<{ id: string; row: string }>(text, [submissions.map(({ id }) => id)])
    return new Map(rows.map(({ id, row }) => [id, row]))
  })
}
