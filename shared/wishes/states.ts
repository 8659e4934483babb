/*
 * The life of a wish as one machine: what may be done with it, by whom, and what it is afterwards. Whatever is not in the
 * table may not be done.
 */

export const states = [
  'submitted',
  'returned',
  'open',
  'claimed',
  'delivered',
  'disputed',
  'fulfilled',
  'rejected',
  'withdrawn',
  'merged',
  'lapsed',
] as const
export type State = (typeof states)[number]

export const stateNames: Record<State, string> = {
  submitted: '待审核',
  returned: '请修改',
  open: '待认领',
  claimed: '已认领',
  delivered: '待确认',
  disputed: '有异议',
  fulfilled: '已办结',
  rejected: '未通过',
  withdrawn: '已撤回',
  merged: '已并入',
  lapsed: '已过期',
}

/** The wisher; staff of the community; a member of the organisation that holds it, or would; the clock. */
export type Actor = 'wisher' | 'staff' | 'sponsor' | 'clock'

export const steps = [
  'revise',
  'approve',
  'return',
  'reject',
  'merge',
  'withdraw',
  'claim',
  'assign',
  'extend',
  'release',
  'expire',
  'deliver',
  'confirm',
  'dispute',
  'reopen',
  'lapse',
] as const
export type Step = (typeof steps)[number]

interface Move {
  from: readonly State[]
  /** The state stays what it is where there is none. */
  to?: State
  by: readonly Actor[]
  /** Whether it must be said why. */
  reason?: boolean
}

const unclaimed = ['submitted', 'returned', 'open'] as const
const held = ['claimed', 'delivered', 'disputed'] as const

export const moves: Record<Step, Move> = {
  revise: { from: ['submitted', 'returned'], to: 'submitted', by: ['wisher', 'staff'] },
  approve: { from: ['submitted'], to: 'open', by: ['staff'] },
  return: { from: ['submitted'], to: 'returned', by: ['staff'], reason: true },
  reject: { from: unclaimed, to: 'rejected', by: ['staff'], reason: true },
  merge: { from: ['submitted', 'open'], to: 'merged', by: ['staff'] },
  /** Also one that is held: whoever holds it is told. */
  withdraw: { from: [...unclaimed, 'claimed'], to: 'withdrawn', by: ['wisher', 'staff'] },
  claim: { from: ['open'], to: 'claimed', by: ['sponsor'] },
  /** Staff give it to an organisation, also one that is held: 接手. */
  assign: { from: ['open', 'claimed'], to: 'claimed', by: ['staff'], reason: true },
  extend: { from: ['claimed'], by: ['sponsor', 'staff'] },
  release: { from: ['claimed'], to: 'open', by: ['sponsor', 'staff'], reason: true },
  expire: { from: ['claimed'], to: 'open', by: ['clock'] },
  deliver: { from: ['claimed'], to: 'delivered', by: ['sponsor'] },
  confirm: { from: ['delivered', 'disputed'], to: 'fulfilled', by: ['wisher', 'staff'] },
  dispute: { from: ['delivered'], to: 'disputed', by: ['wisher'], reason: true },
  /** Not done after all: back to whoever holds it. */
  reopen: { from: ['delivered', 'disputed'], to: 'claimed', by: ['staff'], reason: true },
  lapse: { from: unclaimed, to: 'lapsed', by: ['clock'] },
}

/** In which states an organisation holds it. */
export const isHeld = (state: State): boolean => (held as readonly State[]).includes(state)

/** In which states nothing more comes: who wished and how to reach them is forgotten. */
export const isEnded = (state: State): boolean => steps.every((step) => !moves[step].from.includes(state))

/** What a wish is after a step, or undefined where the step may not be taken by this actor or from this state. */
export function after(state: State, step: Step, by: Actor): State | undefined {
  const move = moves[step]
  if (!move.from.includes(state) || !move.by.includes(by)) return undefined
  return move.to ?? state
}

/** What somebody may do with a wish in this state. */
export const stepsFrom = (state: State, by: Actor): Step[] => steps.filter((step) => after(state, step, by))
