import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { forPublication } from '../../../server/briefs/publication.ts'
import type { PublishedFigures } from '../../../server/briefs/queries.ts'
import type { Facts } from '../../../shared/briefs/facts.ts'
import { demandFor } from '../../../shared/briefs/publication.ts'
import { demandOf } from '../../../shared/briefs/world.ts'
import type { Tells } from '../../../shared/demand/families.ts'
import { rowsOf, type Voice } from '../demand/plan.ts'
import { factsOf, plan } from './facts.ts'
import { isolated } from './subtraction.ts'

/** Answers that came and went together: present from the moment `joined` on, until `left`. */
interface Cohort {
  group: string
  joined: number
  left: number
  people: number
}

const RUNS = 40

const ages = ['18-34', '35-59', '60-79', '80+']
const presentAt = (moment: number) => (one: Cohort) => one.joined <= moment && moment < one.left

/** The facts of each moment, published one after the other: `whole` where only the first results are told. */
function publish(cohorts: Cohort[], shows: Tells[], voice: (one: Cohort) => Voice): Facts[] {
  let published: PublishedFigures | undefined
  return shows.map((show, moment) => {
    const voices = cohorts.filter(presentAt(moment)).map((one) => ({ ...voice(one), times: one.people }))
    const asOf = `2026-11-${10 + moment}T10:00:00.000+08:00`
    const facts = factsOf([], { tallies: rowsOf(plan, voices), tallyVersion: moment, answersAsOf: asOf })
    const made = forPublication(facts, published, show)
    published = made.renewed ?? published
    return made.facts
  })
}

type Known = { group: string[]; moment: number }[]

/** What an edition tells the numbers of: of which groups, at which moment. */
function toldBy(facts: Facts, groups: string[], show: Tells): Known {
  const { demand } = demandFor('public', facts, demandOf)
  if (demand.inside < 10) return []
  const whole = { group: groups, moment: facts.tallyVersion }
  if (show === 'whole') return [whole]
  const momentOf = (code: string) => {
    const earlier = facts.earlier?.find(({ parts }) => parts.includes(code))
    return earlier ? earlier.said!.tallyVersion : facts.tallyVersion
  }
  const parts = demand.parts.filter(({ code, n }) => groups.includes(code) && n > 0).map(({ code }) => [code])
  const { concerned, need } = demand.services[0]!.gap!
  const union = need.n > 0 && concerned.every((code) => groups.includes(code)) ? [concerned] : []
  return [whole, ...[...parts, ...union].map((group) => ({ group, moment: momentOf(group.join('|')) }))]
}

function fewestHad(cohorts: Cohort[], known: Known): number | undefined {
  const sets = known.map(({ group, moment }) => {
    return cohorts.map((one) => group.includes(one.group) && presentAt(moment)(one))
  })
  return isolated(cohorts, sets, 10)
}

const LAST = 4

/** Who came or went at different moments stands in different tallies, so that nobody takes another's place unseen. */
function traits({ joined, left }: Cohort): Voice {
  const number = joined * LAST + left - 1
  const flags = ['parent_0_3', 'parent_4_6', 'parent_7_12']
  return { sex: number % 2 ? 'male' : 'female', parent: flags.filter((_, at) => (number >> (at + 1)) % 2 === 1) }
}

const cohorts = (groups: string[], left: fc.Arbitrary<number>) => {
  const one = fc.record({
    group: fc.constantFrom(...groups),
    joined: fc.nat({ max: LAST - 1 }),
    left,
    people: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 10, max: 60 })),
  })
  return fc.array(one, { minLength: 3, maxLength: 14 })
}
const staying = fc.constant(LAST)
const leaving = fc.oneof({ weight: 4, arbitrary: staying }, fc.integer({ min: 1, max: LAST }))
const shows = fc.array(fc.constantFrom<Tells>('whole', 'parts', 'parts'), { minLength: LAST, maxLength: LAST })

const byAge = (one: Cohort): Voice => ({ ...traits(one), age: one.group })
const byParent = (one: Cohort): Voice => {
  const { sex, parent = [] } = traits(one)
  const age = parent.includes('parent_0_3') ? '35-59' : '60-79'
  return { sex: sex!, age, parent: [one.group, ...parent.filter((flag) => flag !== 'parent_0_3')] }
}

describe('public editions, added and subtracted', () => {
  const toldOf = (people: Cohort[], show: Tells[], groups: string[], voice: (one: Cohort) => Voice) =>
    publish(people, show, voice).map((facts, at) => toldBy(facts, groups, show[at]!))

  it.each([
    ['an age band, or of several', ages, byAge],
    ['a group of parents, or of the others', ['parent_0_3', 'others'], byParent],
  ])('never leave fewer than ten answers of %s, between one edition and the next', (_, groups, voice) => {
    fc.assert(
      fc.property(cohorts(groups, leaving), shows, (people, show) => {
        const told = toldOf(people, show, groups, voice)
        for (const [at, known] of told.entries()) {
          expect(fewestHad(people, [...known, ...(told[at + 1] ?? [])])).toBeUndefined()
        }
      }),
      { numRuns: RUNS },
    )
  })

  it('nor between any two editions, where answers only come', () => {
    fc.assert(
      fc.property(cohorts(ages, staying), shows, (people, show) => {
        const told = toldOf(people, show, ages, byAge)
        for (const one of told) {
          for (const other of told) expect(fewestHad(people, [...one, ...other])).toBeUndefined()
        }
      }),
      { numRuns: RUNS },
    )
  })
})
