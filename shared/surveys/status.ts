/** What somebody has said of a survey. */
export const settings = ['open', 'paused', 'closed'] as const
export type Setting = (typeof settings)[number]

/** How it stands at a moment: `scheduled` before the day on which it opens. */
export const statuses = ['scheduled', ...settings] as const
export type Status = (typeof statuses)[number]

export interface Schedule {
  status: Setting
  opensAt: Date | null
  closesAt: Date | null
}

/** The day on which it closes holds whatever was said before, so that nobody has to be awake then. */
export function statusAt({ status, opensAt, closesAt }: Schedule, now: Date): Status {
  if (status === 'closed' || (closesAt && closesAt <= now)) return 'closed'
  if (status === 'paused') return 'paused'
  return opensAt && opensAt > now ? 'scheduled' : 'open'
}
