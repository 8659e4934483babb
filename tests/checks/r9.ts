import { Agent } from 'node:http'
import type { Submission } from '../../shared/surveys/api.ts'
import { numbers, submissionOf } from '../load/answers.ts'
import { quantileOf } from '../load/measure.ts'
import { auditStorm, recounted } from './audit.ts'
import { atLeast, type Check, type Figure, judge, none, within } from './check.ts'
import type { House } from './house.ts'
import { type Arrivals, acknowledge, arrive } from './open-loop.ts'
import { post, RESPONSES } from './storm.ts'

/** A phone that was without a signal sends what it has kept, so many at a time. */
const BATCH = 100

/** People answer at a steady rate, and then phones come home from where there is no signal. */
export const r9: Check = async (house, size) => {
  const { perSecond, seconds, kept } =
    size === 'full' ? { perSecond: 300, seconds: 60, kept: 20_000 } : { perSecond: 100, seconds: 4, kept: 1_000 }
  const random = numbers(9)
  const make = () => submissionOf(random, house.communities, {}, false)
  const arrivals = await arrive(house, { perSecond, seconds, make })
  const p99 = quantileOf(
    arrivals.sent.map(({ tookMs }) => tookMs),
    0.99,
  )
  const begun = performance.now()
  await sendKept(house, arrivals, Array.from({ length: kept }, make))
  const batches = performance.now() - begun
  const residentMb = house.residentMb()
  const { different } = await recounted(house)
  const all = perSecond * seconds + kept
  const figures: Figure[] = [
    atLeast('acknowledged', arrivals.answers.size, all),
    ...(await auditStorm(house, arrivals)),
    none('tally_differences', different),
    within('p99', p99, 500),
    within('batches', batches / 1_000, 60, 's'),
    within('resident', residentMb, 512, 'MB'),
  ]
  return judge('R9', size, figures, arrivals.faults)
}

async function sendKept(house: House, arrivals: Arrivals, kept: Submission[]): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: BATCH })
  for (let from = 0; from < kept.length; from += BATCH) {
    const batch = kept.slice(from, from + BATCH)
    const replies = await Promise.all(batch.map((one) => post(house, agent, RESPONSES, JSON.stringify(one))))
    for (const [at, reply] of replies.entries()) acknowledge(arrivals, batch[at] as Submission, reply)
  }
  agent.destroy()
}
