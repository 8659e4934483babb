import type { Submission } from '../../../shared/surveys/api.ts'
import { shippedNotice } from '../../../shared/surveys/notice.ts'
import type { Chance } from './chance.ts'
import type { Person } from './people.ts'
import { remark } from './remarks.ts'

const spread = <T>(dice: Chance, choices: readonly [T, number][]): T[] =>
  choices.filter(([, share]) => dice.yes(share)).map(([value]) => value)

/** What this person ticks in the shipped questionnaire. */
export function answersOf(person: Person, dice: Chance): Record<string, unknown> {
  return {
    answering: person.proxy ? 'family' : 'self',
    residence: person.here ? 'here' : 'elsewhere',
    age: person.age,
    sex: person.sex,
    children: person.children.length ? person.children : ['none'],
    ...elders(person, dice),
    ...needs(person, dice),
    ...uses(person, dice),
    ...circumstances(person, dice),
    ...(dice.yes(0.12) ? { suggestion: remark(dice) } : {}),
  }
}

function elders(person: Person, dice: Chance): Record<string, unknown> {
  if (person.age === '80+') return { elders: ['elder_80'] }
  if (person.age === '60-79') return { elders: ['elder_60_79'] }
  return dice.yes(0.7) ? { elders: dice.yes(0.3) ? ['elder_60_79'] : ['none'] } : {}
}

/** What is unmet is met by half or less, what is met by more than half. */
function needs({ needs, unmet, top }: Person, dice: Chance): Record<string, unknown> {
  if (!needs.length) return { needs: ['none'] }
  const met = needs.map((service) => [
    service,
    unmet.includes(service) ? dice.pick([0, 0, 25, 25, 50]) : dice.pick([75, 100]),
  ])
  return { needs: dice.shuffled(needs), met: Object.fromEntries(met), top: top.length ? top : [needs[0]] }
}

function uses({ needs, age }: Person, dice: Chance): Record<string, unknown> {
  const old = age === '60-79' || age === '80+'
  const users = spread(
    dice,
    old
      ? [
          ['self', 0.8],
          ['spouse', 0.4],
        ]
      : [
          ['parents', 0.7],
          ['later', 0.3],
        ],
  )
  const times = spread(dice, [
    ['breakfast', 0.25],
    ['lunch', 0.8],
    ['dinner', 0.45],
  ])
  const watch = spread(dice, [
    ['after_class', 0.8],
    ['evening', 0.2],
    ['weekend', 0.3],
    ['holiday', 0.6],
  ])
  const price = ['under_10', '10_15', '15_20', 'over_20'][dice.weighted(old ? [5, 4, 1, 0.2] : [2, 4, 3, 1])]
  return {
    ...(needs.includes('elder_care') && users.length ? { elder_care_users: users } : {}),
    ...(needs.includes('community_meals') ? { ...(times.length ? { meal_times: times } : {}), meal_price: price } : {}),
    ...(needs.includes('after_school') && watch.length ? { after_school_times: watch } : {}),
  }
}

function circumstances({ age }: Person, dice: Chance): Record<string, unknown> {
  if (dice.yes(0.3)) return {}
  if (dice.yes(0.35)) return { circumstances_consent: 'no' }
  const old = age === '60-79' || age === '80+'
  const told = spread(dice, [
    ['living_alone', old ? 0.16 : 0.05],
    ['low_income', 0.06],
    ['disability', old ? 0.09 : 0.02],
  ])
  return { circumstances_consent: 'yes', circumstances: told.length ? told : ['none'] }
}

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

/** The submission as a phone or a field worker's tablet would send it; `until` closes the five weeks in which people answered. */
export function submissionOf(person: Person, community: string, until: number, dice: Chance): Submission {
  const started = until - dice.between(0.1, 35) * DAY_MS
  const minutes = person.channel === 'online' ? dice.between(2, 7) : dice.between(4, 14)
  return {
    id: uuid(dice),
    community,
    version: 1,
    channel: person.channel,
    proxy: person.proxy,
    startedAt: new Date(started).toISOString(),
    submittedAt: new Date(started + minutes * MINUTE_MS).toISOString(),
    consentVersion: shippedNotice.version,
    answers: answersOf(person, dice),
  }
}

/** From the seed, so that a generator that was interrupted sends the same answers again and none counts twice. */
export function uuid(dice: Chance): string {
  const hex = Array.from({ length: 32 }, () => dice.integer(0, 15).toString(16))
  hex[12] = '4'
  hex[16] = dice.pick(['8', '9', 'a', 'b'])
  return hex.join('').replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5')
}
