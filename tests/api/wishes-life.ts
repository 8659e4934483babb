import fc from 'fast-check'
import { daysAfter } from '../../shared/wishes/deadlines.ts'
import { CLAIM_DAYS, EXTENSION_DAYS } from '../../shared/wishes/kinds.ts'
import { type Actor, after, isEnded, isHeld, type State, type Step } from '../../shared/wishes/states.ts'

/** One thing that somebody does; which wish is counted round those there are. */
export type Op =
  | { kind: 'post'; byStaff: boolean; days: number | null }
  | { kind: 'approve' | 'return' | 'reject' | 'reopen'; w: number }
  | { kind: 'revise'; w: number; days: number | null }
  | { kind: 'merge'; w: number; v: number }
  | { kind: 'support'; w: number; who: number }
  | { kind: 'withdraw' | 'confirm'; w: number; by: 'wisher' | 'staff' }
  | { kind: 'dispute'; w: number }
  | { kind: 'claim' | 'assign' | 'deliver'; w: number; org: number }
  | { kind: 'extend' | 'release'; w: number; org: number | null }
  /** Time goes by, and the nights with it unless the server was off. */
  | { kind: 'days'; n: number; off: boolean }

export interface Wish {
  state: State
  byStaff: boolean
  neededBy: string | null
  holder: number | null
  due: string
  extended: boolean
  /** How many claims there ever were. */
  claims: number
  steps: number
  supporters: Set<number>
  opened: number | null
}

export interface World {
  /** Days since the first. */
  day: number
  wishes: Wish[]
}

export const ORGANISATIONS = 3
export const LIMIT = 2
export const MOST_WISHES = 6
const START = '2026-11-23'

export const today = ({ day }: World): string => daysAfter(START, day)

const w = fc.nat({ max: MOST_WISHES - 1 })
const org = fc.nat({ max: ORGANISATIONS - 1 })
const days = fc.option(fc.integer({ min: 1, max: 20 }), { freq: 2 })
const by = fc.constantFrom('wisher' as const, 'staff' as const)
const of = <K extends string, R extends object>(
  kind: K,
  weight: number,
  rest: { [P in keyof R]: fc.Arbitrary<R[P]> },
) => ({
  weight,
  arbitrary: fc.record({ kind: fc.constant(kind), ...rest }) as unknown as fc.Arbitrary<Op>,
})

const operation: fc.Arbitrary<Op> = fc.oneof(
  of('post', 5, { byStaff: fc.boolean(), days }),
  of('approve', 9, { w }),
  of('return', 1, { w }),
  of('reject', 1, { w }),
  of('revise', 2, { w, days }),
  of('merge', 1, { w, v: w }),
  of('support', 3, { w, who: fc.nat({ max: 3 }) }),
  of('withdraw', 1, { w, by }),
  of('claim', 12, { w, org }),
  of('assign', 3, { w, org }),
  of('extend', 5, { w, org: fc.option(org) }),
  of('release', 4, { w, org: fc.option(org) }),
  of('deliver', 7, { w, org }),
  of('confirm', 6, { w, by }),
  of('dispute', 3, { w }),
  of('reopen', 3, { w }),
  of('days', 3, { n: fc.integer({ min: 1, max: 16 }), off: fc.boolean() }),
)

/** Most of them are done with what they fit; the others as they come, and many of those are refused. */
export const operations = (most: number): fc.Arbitrary<{ op: Op; fit: boolean }[]> =>
  fc.array(fc.record({ op: operation, fit: fc.constantFrom(true, true, true, false) }), {
    minLength: most,
    maxLength: most,
  })

/** The same kind of thing with the first wish and organisation with which it would succeed; undefined where there is none. */
export function fitted(world: World, op: Op): Op | undefined {
  const turned = (most: number, from: number) => Array.from({ length: most }, (_, i) => (from + i) % most)
  const wishes = 'w' in op ? turned(world.wishes.length, op.w) : [0]
  const sides = 'org' in op && op.org !== null ? turned(ORGANISATIONS, op.org) : [null]
  const all = wishes.flatMap((w) =>
    sides.map((org) => ({ ...op, ...('w' in op ? { w } : {}), ...(org === null ? {} : { org }) }) as Op),
  )
  return all.find((one) => follow(world, one))
}

/** Which wish is meant, where there is one yet. */
export const indexIn = ({ wishes }: World, n: number): number | undefined =>
  wishes.length === 0 ? undefined : n % wishes.length

/** What a wish is after a step of the machine; undefined where it may not be taken. */
function moved(wish: Wish, step: Step, actor: Actor, change: Partial<Wish> = {}): Wish | undefined {
  const state = after(wish.state, step, actor)
  return state && { ...wish, ...change, state, steps: wish.steps + 1 }
}

/** The world after somebody did something; undefined where they are refused, and then nothing has changed. */
export function follow(world: World, op: Op): World | undefined {
  if (op.kind === 'post') return posted(world, op)
  if (op.kind === 'days') return passed(world, op)
  const at = indexIn(world, op.w)
  const wish = at === undefined ? undefined : world.wishes[at]
  if (at === undefined || !wish) return undefined
  if (op.kind === 'merge') return merged(world, at, indexIn(world, op.v)!)
  const changed = acted(world, wish, op)
  return changed && { ...world, wishes: world.wishes.with(at, changed) }
}

function posted(world: World, { byStaff, days }: Op & { kind: 'post' }): World | undefined {
  if (world.wishes.length >= MOST_WISHES) return undefined
  const neededBy = days === null ? null : daysAfter(today(world), days)
  const fresh = {
    holder: null,
    due: '',
    extended: false,
    claims: 0,
    steps: 1,
    supporters: new Set<number>(),
    opened: null,
  }
  return { ...world, wishes: [...world.wishes, { state: 'submitted', byStaff, neededBy, ...fresh }] }
}

function acted(world: World, wish: Wish, op: Exclude<Op, { kind: 'post' | 'days' | 'merge' }>): Wish | undefined {
  const now = today(world)
  const isLate = wish.neededBy !== null && wish.neededBy < now
  switch (op.kind) {
    case 'approve':
      return isLate ? undefined : moved(wish, 'approve', 'staff', { opened: world.day })
    case 'return':
    case 'reject':
      return moved(wish, op.kind, 'staff')
    case 'revise':
      return wish.byStaff
        ? undefined
        : moved(wish, 'revise', 'wisher', { neededBy: op.days === null ? null : daysAfter(now, op.days) })
    case 'support':
      return supported(wish, op.who)
    case 'withdraw':
      if (op.by === 'wisher' && wish.byStaff) return undefined
      return wish.state === 'withdrawn' ? wish : moved(wish, 'withdraw', op.by, { holder: null })
    case 'claim':
    case 'assign':
      return wish.state === 'open' && isLate ? undefined : taken(world, wish, op)
    case 'extend':
      return wish.holder === null || (op.org !== null && op.org !== wish.holder) || wish.extended
        ? undefined
        : moved(wish, 'extend', side(op), { extended: true, due: daysAfter(wish.due, EXTENSION_DAYS) })
    case 'release':
      return op.org !== null && op.org !== wish.holder ? undefined : moved(wish, 'release', side(op), { holder: null })
    case 'deliver':
      return op.org === wish.holder ? moved(wish, 'deliver', 'sponsor') : undefined
    case 'confirm':
      return op.by === 'wisher' && wish.byStaff ? undefined : moved(wish, 'confirm', op.by, { holder: null })
    case 'dispute':
      return wish.byStaff ? undefined : moved(wish, 'dispute', 'wisher')
    case 'reopen': {
      const least = daysAfter(now, EXTENSION_DAYS)
      return moved(wish, 'reopen', 'staff', { due: wish.due > least ? wish.due : least })
    }
  }
}

const side = ({ org }: { org: number | null }): Actor => (org === null ? 'staff' : 'sponsor')

function supported(wish: Wish, who: number): Wish | undefined {
  if (wish.state !== 'open') return wish.supporters.has(who) && isHeld(wish.state) ? wish : undefined
  return { ...wish, supporters: new Set([...wish.supporters, who]) }
}

function taken(
  world: World,
  wish: Wish,
  { kind, org }: { kind: 'claim' | 'assign' | 'deliver'; org: number },
): Wish | undefined {
  const holds = world.wishes.filter(({ holder }) => holder === org).length
  if (holds >= LIMIT || wish.holder === org) return undefined
  const given = { holder: org, due: daysAfter(today(world), CLAIM_DAYS), extended: false, claims: wish.claims + 1 }
  return moved(wish, kind, kind === 'claim' ? 'sponsor' : 'staff', given)
}

function merged(world: World, at: number, into: number): World | undefined {
  const [from, stays] = [world.wishes[at]!, world.wishes[into]!]
  if (at === into || !['submitted', 'open', 'claimed'].includes(stays.state)) return undefined
  const gone = moved(from, 'merge', 'staff')
  if (!gone) return undefined
  const supporters = new Set([...stays.supporters, ...from.supporters])
  return { ...world, wishes: world.wishes.with(at, gone).with(into, { ...stays, supporters }) }
}

function passed(world: World, { n, off }: Op & { kind: 'days' }): World {
  const later = { ...world, day: world.day + n }
  if (off) return later
  const now = today(later)
  const wishes = later.wishes.map((wish) => {
    const free = wish.state === 'claimed' && wish.due < now ? moved(wish, 'expire', 'clock', { holder: null })! : wish
    const isLate = free.neededBy !== null && free.neededBy < now && !isEnded(free.state)
    return (isLate && moved(free, 'lapse', 'clock')) || free
  })
  return { ...later, wishes }
}
