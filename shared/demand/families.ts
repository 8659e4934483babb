import { LEAST_PUBLISHED } from '../statistics/standing.ts'
import type { Sum } from '../statistics/suppression.ts'
import { channels } from '../surveys/api.ts'
import type { TallyRow } from '../surveys/tally.ts'
import type { TallyPlan } from '../surveys/tally-plan.ts'
import type { Demand } from './api.ts'
import { basesOf, WHOLE } from './bases.ts'
import { ANSWERS, answersBy, byTally, type Counted, changeBetween, counting, size } from './movement.ts'
import { type Known, leavesTen, type People } from './renewal.ts'
import { type Edition, type Shown, shownIn } from './shown.ts'

/** Figures that hang together by sums: they are renewed together or not at all. */
export interface Family {
  codes: string[]
  sums: Sum[]
}

/** What is remembered of an earlier edition: how many people each code had, and of which codes it was told. */
export interface Past {
  people: Record<string, number>
  told: string[]
}

/** Whether an edition tells of the parts, or only of the whole. */
export type Tells = 'whole' | 'parts'

/** What has been published so far. */
export interface Before {
  /** The edition that the figures of the family are from; none where they have never been told. */
  edition?: Edition
  /** The last edition of the whole, where that is a later one. */
  last?: Edition
  /** All that came before. */
  past: Past[]
}

/** What is known of the people of a code at one moment. */
type Moment = (code: string) => Known

/** What hangs together in a demand, and what may be published of it after what was. */
export function familiesOf(plan: TallyPlan, demand: Demand) {
  const { sums, rests } = basesOf(demand)
  const counted = counting(plan, rests)
  const printed = ({ codes, ...family }: Family) => ({ ...family, codes: codes.filter((code) => !rests.has(code)) })
  const moment = (edition: Edition | undefined, tells: Tells) =>
    momentOf(edition?.rows ?? [], tells, counted, () => shownIn(edition, rests, plan))
  const families = [...connected(sums).map(printed), answersFamily(plan)]
  return {
    families,
    /** Whether this edition shows anything of the family. */
    shows(family: Family, edition: Edition): boolean {
      const shown = shownIn(edition, rests, plan)
      return membersOf(family).some((code) => shown(code).some(Boolean))
    },
    /** What shall be remembered of an edition in which these families were told of. */
    remembered(edition: Edition, told: Family[]): Past {
      const members = [WHOLE, ...new Set(families.flatMap(membersOf))]
      const people = Object.fromEntries(members.map((code) => [code, size(byTally(counted(code), edition.rows))]))
      const whole = edition.demand.inside < LEAST_PUBLISHED ? [] : [WHOLE]
      if (told.length === 0) return { people, told: whole }
      const shown = shownIn(edition, rests, plan)
      return { people, told: [...whole, ...told.flatMap(membersOf).filter((code) => shown(code)[0])] }
    },
    /** Whether nothing that is told of these people differs between two editions but for the weights. */
    isSame(code: string, before: Edition, now: Edition): boolean {
      const [was, is] = [before, now].map((one) => moment(one, 'parts')(code)) as [Known, Known]
      const isShownAlike = was.shown.every((shown, figure) => shown === is.shown[figure])
      return isShownAlike && changeBetween(was.counts, is.counts) === 0
    },
    /** Whether the whole may be published as of `now`, and the family with it or, where `tells` is 'whole', without. */
    mayTell(family: Family, { edition, last, past }: Before, now: Edition, tells: Tells): boolean {
      // Parts that were never told of, nor are now, cannot be taken from anything.
      if (!edition && tells === 'whole') return true
      const final = moment(now, tells)
      const whole = last ? [moment(last, 'whole')] : []
      return (
        isSafe(family, [moment(edition, 'parts'), ...whole, final]) &&
        past.every((_, at) => isSafe(family, [...remembering(family, past, at), inNumbers(final)]))
      )
    },
  }
}

/** An earlier edition of the whole, and the one that the figures of the family were from at that time. */
function remembering(family: Family, past: Past[], at: number): Moment[] {
  const members = membersOf(family)
  const told = past.slice(0, at + 1).findLast((each) => each.told.some((code) => members.includes(code)))
  return told && told !== past[at] ? [known(told), known(past[at]!)] : [known(past[at]!)]
}

function isSafe({ sums }: Family, moments: Moment[]): boolean {
  const roots = sums.map(({ total }) => total!).filter((code) => sums.every(({ parts }) => !parts.includes(code)))
  const ways = new Map<string, People[]>()
  const divided = (code: string): People[] => {
    const found =
      ways.get(code) ?? inEveryWay(sums, code, { moments: moments.map((at) => at(code)), parts: [] }, divided)
    ways.set(code, found)
    return found
  }
  return [...new Set(roots)].flatMap(divided).every(leavesTen)
}

/** Some people with their parts, in every way in which the sums divide them. */
function inEveryWay(sums: Sum[], code: string, people: People, divided: (part: string) => People[]): People[] {
  const divisions = sums.filter(({ total }) => total === code)
  if (divisions.length === 0) return [people]
  return divisions.flatMap(({ parts }) => {
    const ways = parts.map(divided)
    const all = ways.reduce<People[][]>((some, each) => some.flatMap((few) => each.map((one) => [...few, one])), [[]])
    return all.map((own) => ({ ...people, parts: own }))
  })
}

function momentOf(rows: TallyRow[], tells: Tells, counted: (code: string) => Counted, showing: () => Shown): Moment {
  const found = new Map<string, Known>()
  let shown: Shown | undefined
  const of = (code: string): Known => {
    shown ??= showing()
    const isTold = tells === 'parts' || code === WHOLE
    return { counts: byTally(counted(code), rows), shown: shown(code).map((flag) => flag && isTold) }
  }
  return (code) => found.get(code) ?? found.set(code, of(code)).get(code)!
}

function known({ people, told }: Past): Moment {
  return (code) => ({ counts: new Map([['', [people[code] ?? 0]]]), shown: [told.includes(code)] })
}

/** The same moment as far as it can be compared with one of which only that is remembered. */
function inNumbers(moment: Moment): Moment {
  return (code) => {
    const { counts, shown } = moment(code)
    return { counts: new Map([['', [size(counts)]]]), shown: shown.slice(0, 1) }
  }
}

const membersOf = ({ sums }: Family) =>
  [...new Set(sums.flatMap(({ total, parts }) => [total!, ...parts]))].filter((code) => code !== WHOLE)

/** Sums that share a cell other than the whole belong together. */
function connected(sums: Sum[]): Family[] {
  return sums.reduce<Family[]>((families, sum) => {
    const codes = [sum.total!, ...sum.parts].filter((code) => code !== WHOLE)
    const touches = (family: Family) => family.codes.some((code) => codes.includes(code))
    const joined = families.filter(touches)
    return [
      ...families.filter((family) => !touches(family)),
      {
        codes: [...new Set([...joined.flatMap((family) => family.codes), ...codes])],
        sums: [...joined.flatMap((family) => family.sums), sum],
      },
    ]
  }, [])
}

function answersFamily(plan: TallyPlan): Family {
  const outside = plan.outside.map((_, at) => answersBy.reason(-at - 1))
  const sums = [
    { total: ANSWERS, parts: [WHOLE, ...outside] },
    { total: ANSWERS, parts: channels.map(answersBy.channel) },
    { total: ANSWERS, parts: [true, false].map(answersBy.proxy) },
  ]
  return { codes: [ANSWERS], sums }
}
