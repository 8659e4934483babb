import type { Status } from './kinds.ts'

/** What the clock says of a consultation: what is due now, and when to look again. */
export interface ClockSays {
  due?: 'open' | 'closed'
  next?: Date
}

/** One that is not open by its last day stays as it was planned: nobody was asked. */
export function clockSays(
  { status, startsAt, endsAt }: { status: Status; startsAt: Date; endsAt: Date | null },
  now: Date,
): ClockSays {
  const isOver = endsAt !== null && now >= endsAt
  const end = endsAt ? { next: endsAt } : {}
  if (status === 'closed' || (status === 'planned' && isOver)) return {}
  if (status === 'open') return isOver ? { due: 'closed' } : end
  return now >= startsAt ? { due: 'open', ...end } : { next: startsAt }
}
