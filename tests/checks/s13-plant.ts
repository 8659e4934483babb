import { randomUUID } from 'node:crypto'
import { submissionOf } from '../../server/cli/demo/answers.ts'
import { type Chance, chance } from '../../server/cli/demo/chance.ts'
import { respondents } from '../../server/cli/demo/people.ts'
import { demoDistrict } from '../../server/cli/demo/places.ts'
import type { Submission } from '../../shared/surveys/api.ts'
import { answersOf, numbers, services } from '../load/answers.ts'

export const ways = ['speed', 'straight', 'text', 'device', 'courier'] as const
export type Way = (typeof ways)[number]

/** An answer as it will be sent: by whom, from where, and whether it is honest. */
export interface Sent {
  submission: Submission
  way: Way | 'honest'
  /** Number of the member of the staff who takes it down, where one does. */
  worker?: number
  /** The sender's own address of this machine. */
  address: string
}

/** Honest field workers, and the number of the one who invents. */
export const WORKERS = 6
export const COURIER = WORKERS

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

/** Addresses of this machine that are told apart. */
const addressOf = (at: number) => `127.${10 + (at >> 16)}.${(at >> 8) & 255}.${1 + (at % 250)}`

/** So many answers as the demo district invents them, each online one from a phone of its own, some from a family's. */
export function honest(many: number, communities: string[], until: number): Sent[] {
  const district = demoDistrict()
  const all: Sent[] = []
  for (const [index, place] of district.communities.entries()) {
    const mind = district.minds.get(place.code)
    const dice = chance(`honest ${place.code}`)
    const community = communities[index % communities.length]!
    for (const person of mind ? respondents(place, mind, dice) : []) {
      const at = all.length
      const submission = { ...submissionOf(person, community, until, dice), id: randomUUID() }
      const family = dice.yes(0.15) ? Math.floor(at / 3) * 3 : at
      const online = submission.channel === 'online' ? { device: `phone-${family}` } : {}
      const visited = submission.channel === 'visit' ? { worker: at % WORKERS } : {}
      all.push({ submission: { ...submission, ...online }, way: 'honest', address: addressOf(family), ...visited })
      if (all.length === many) return all
    }
  }
  throw new Error(`the demo district has ${all.length} answers only`)
}

/** So many answers in each of the five ways. */
export function planted(each: number, like: Sent[], until: number): Sent[] {
  const dice = chance('planted')
  const online = like.filter(({ submission }) => submission.channel === 'online')
  const from = (way: Way, at: number): Sent => {
    const { submission } = online[(at * 7 + ways.indexOf(way) * 131) % online.length]!
    const own = { ...submission, id: randomUUID(), device: `${way}-${at}` }
    return { submission: own, way, address: addressOf(100_000 + ways.indexOf(way) * 1_000 + at) }
  }
  return ways.flatMap((way) => Array.from({ length: each }, (_, at) => brush[way](from(way, at), at, dice, until)))
}

const brush: Record<Way, (sent: Sent, at: number, dice: Chance, until: number) => Sent> = {
  speed: (sent, _, dice) => timed(sent, Date.parse(sent.submission.startedAt), dice.between(15, 75) / 60),
  straight: (sent, _, dice) => {
    const needs = dice.shuffled(services.map(({ code }) => code)).slice(0, dice.integer(6, 11))
    const step = dice.pick([0, 50, 100])
    const { answering, residence, age, sex, children } = sent.submission.answers as Record<string, unknown>
    const about = { answering, residence, age, sex, children }
    const met = Object.fromEntries(needs.map((code) => [code, step]))
    return answered(sent, { ...about, needs, met, top: needs.slice(0, 3) })
  },
  text: (sent, at, dice, until) => {
    const remark = `强烈要求在我们小区门口新建一个大型停车场${at % 3 === 0 ? '！' : '，谢谢领导'}`
    const copied = answered(sent, { ...sent.submission.answers, suggestion: remark })
    return timed(copied, until - DAY_MS - dice.between(0, 50) * MINUTE_MS, dice.between(2, 7))
  },
  device: (sent) => ({ ...sent, submission: { ...sent.submission, device: 'the-one-phone' } }),
  courier: (sent, at, dice, until) => {
    const midnight = Math.floor(until / DAY_MS) * DAY_MS - 8 * 60 * MINUTE_MS
    const started = midnight - (1 + (at % 3)) * DAY_MS + dice.between(-60, 180) * MINUTE_MS
    const { device, ...submission } = sent.submission
    void device
    const invented = answersOf(numbers(900 + at), false)
    const visit = { ...submission, channel: 'visit' as const, proxy: false, answers: invented }
    return timed({ ...sent, worker: COURIER, submission: visit }, started, dice.between(4, 14))
  },
}

function timed(sent: Sent, started: number, minutes: number): Sent {
  const times = {
    startedAt: new Date(started).toISOString(),
    submittedAt: new Date(started + minutes * MINUTE_MS).toISOString(),
  }
  return { ...sent, submission: { ...sent.submission, ...times } }
}

function answered(sent: Sent, answers: object): Sent {
  return { ...sent, submission: { ...sent.submission, answers } }
}
