import { randomUUID } from 'node:crypto'
import type { Submission } from '../../shared/surveys/api.ts'
import { choicesOf, type Json, walk } from '../../shared/surveys/definition.ts'
import { shippedNotice } from '../../shared/surveys/notice.ts'
import { questionnaire } from '../../shared/surveys/questionnaire.ts'

export const services = [
  { code: 'elder_care', zh: '养老服务' },
  { code: 'infant_care', zh: '婴幼儿托育' },
  { code: 'after_school', zh: '儿童托管' },
  { code: 'community_meals', zh: '社区助餐' },
  { code: 'household_services', zh: '家政便民' },
  { code: 'health', zh: '健康服务' },
  { code: 'fitness', zh: '体育健身' },
  { code: 'culture', zh: '文化休闲' },
  { code: 'child_play', zh: '儿童游憩' },
  { code: 'parking', zh: '停车' },
  { code: 'greening', zh: '绿化' },
]

export const definition = questionnaire(services)

/** Numbers in 0..1, always the same ones for a seed (mulberry32). */
export function numbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

const words = '楼下晚上想要散步老人孩子吃饭看病近一点方便停车树荫长椅灯光安静路平门口电梯活动室书报热水理发修鞋'

/** A full set of answers that the shipped questionnaire admits; about 2 KB as JSON when `wordy`. */
export function answersOf(random: () => number, wordy = true): Record<string, unknown> {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const some = <T>(list: readonly T[], share: number): T[] => list.filter(() => random() < share)
  const orNone = (list: string[]) => (list.length > 0 ? list : ['none'])
  const needs = orNone(some(services, 0.4).map(({ code }) => code))
  const answers: Record<string, unknown> = {
    answering: pick(['self', 'self', 'family']),
    residence: random() < 0.97 ? 'here' : 'elsewhere',
    age: pick(['18-34', '35-59', '35-59', '60-79', '60-79', '80+', '14-17', 'unstated']),
    sex: pick(['male', 'female', 'female', 'male', 'male', 'female', 'unstated']),
    children: orNone(some(['parent_0_3', 'parent_4_6', 'parent_7_12'], 0.15)),
    elders: orNone(some(['elder_60_79', 'elder_80'], 0.3)),
    needs,
  }
  if (needs[0] !== 'none') Object.assign(answers, followUps(needs, pick, some))
  if (random() < 0.3) {
    answers.circumstances_consent = 'yes'
    answers.circumstances = orNone(some(['living_alone', 'low_income', 'disability'], 0.3))
  }
  const length = wordy ? 250 + Math.floor(random() * 240) : 5
  answers.suggestion = Array.from({ length }, () => pick([...words])).join('')
  return answers
}

function followUps(
  needs: string[],
  pick: <T>(list: readonly T[]) => T,
  some: <T>(list: readonly T[], share: number) => T[],
): Record<string, unknown> {
  const chosen = some(needs, 0.5).slice(0, 3)
  const answers: Record<string, unknown> = {
    met: Object.fromEntries(needs.map((code) => [code, pick([0, 25, 50, 75, 100])])),
    top: chosen.length > 0 ? chosen : needs.slice(0, 1),
  }
  for (const { name, json } of walk(definition as Json).asked) {
    const service = /^\{needs\} contains '(\w+)'$/.exec(String(json.visibleIf))?.[1]
    if (!service || !needs.includes(service)) continue
    const values = choicesOf({ json, type: String(json.type) } as never).map(({ value }) => value)
    const several = some(values, 0.5)
    if (json.type !== 'checkbox') answers[name] = pick(values)
    else if (several.length > 0) answers[name] = several
  }
  return answers
}

/** A valid sending, a few minutes old. */
export function submissionOf(
  random: () => number,
  communities: string[],
  more: Partial<Submission> = {},
  wordy = true,
): Submission {
  const community = communities[Math.floor(random() * communities.length)] as string
  const submitted = Date.now() - Math.floor(random() * 3_600_000)
  const proxy = random() < 0.15
  return {
    id: randomUUID(),
    community,
    version: 1,
    channel: 'online',
    proxy,
    startedAt: new Date(submitted - 240_000).toISOString(),
    submittedAt: new Date(submitted).toISOString(),
    consentVersion: shippedNotice.version,
    answers: answersOf(random, wordy),
    ...more,
  } as Submission
}
