import { setTimeout as sleep } from 'node:timers/promises'
import type { Submission } from '../../shared/surveys/api.ts'
import { numbers, submissionOf } from '../load/answers.ts'
import { auditStorm, recounted } from './audit.ts'
import { atLeast, type Check, judge, none } from './check.ts'
import { startStorm } from './storm.ts'

/** Everybody answers the same survey at once, in one community, ticking in every order. */
export const r6: Check = async (house, size) => {
  const seconds = size === 'full' ? 60 : 5
  const [hot = ''] = house.communities
  const random = numbers(6)
  const before = house.databaseLog().length
  const storm = startStorm(house, { make: () => ticked(random, submissionOf(random, [hot], {}, false)) })
  await sleep(seconds * 1_000)
  const accepted = storm.answers.size
  await storm.stop()
  const { different } = await recounted(house)
  const deadlocks = house.databaseLog().slice(before).split('deadlock detected').length - 1
  const figures = [
    atLeast('acknowledged', storm.answers.size, 100),
    ...(await auditStorm(house, storm)),
    none('refused', [...storm.statuses].filter(([status]) => status >= 400).length),
    none('deadlocks_logged', deadlocks),
    none('tally_differences', different),
    { ...atLeast('accepted', accepted / seconds, 300), unit: '1/s', timing: true as const },
  ]
  return judge('R6', size, figures, storm.faults)
}

/** The same answers with every list in another order, and the questions too. */
function ticked(random: () => number, submission: Submission): Submission {
  const shuffled = <T>(list: T[]): T[] => {
    const keyed = list.map((value) => [random(), value] as const)
    return keyed.sort(([a], [b]) => a - b).map(([, value]) => value)
  }
  const answers = Object.entries(submission.answers as Record<string, unknown>)
  const turned = answers.map(([name, value]) => [name, Array.isArray(value) ? shuffled(value) : value])
  return { ...submission, answers: Object.fromEntries(shuffled(turned)) }
}
