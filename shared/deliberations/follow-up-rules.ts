import type { FollowUpState } from './kinds.ts'

/** Where a follow-up may go from where it stands. What was settled is taken up again before it is settled otherwise. */
export const nextStates: Record<FollowUpState, readonly FollowUpState[]> = {
  open: ['in-progress', 'done', 'cannot'],
  'in-progress': ['open', 'done', 'cannot'],
  done: ['in-progress'],
  cannot: ['in-progress'],
}

export const mayBecome = (from: FollowUpState, to: FollowUpState): boolean =>
  from === to || nextStates[from].includes(to)

/** Done needs evidence, and cannot be done a reason. */
export const needsOutcome = (state: FollowUpState): boolean => state === 'done' || state === 'cannot'

/** Days of the calendar, YYYY-MM-DD. */
export const isOverdue = ({ state, dueOn }: { state: FollowUpState; dueOn: string }, today: string): boolean =>
  !needsOutcome(state) && dueOn < today

/** People hear of it so many days ahead. */
export const REMINDED_DAYS_AHEAD = 3
