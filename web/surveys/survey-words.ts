import type { Status } from '../../shared/surveys/status.ts'

export const statusWords: Record<Status, string> = {
  scheduled: '还没开放',
  open: '开放中',
  paused: '已暂停',
  closed: '已结束',
}

const clock = new Intl.DateTimeFormat('zh-CN', {
  ...{ timeZone: 'Asia/Shanghai', year: 'numeric', month: 'numeric', day: 'numeric' },
  ...{ hour: '2-digit', minute: '2-digit', hour12: false },
})

/** A moment as the clocks in China show it. */
export const chinaMoment = (at: string): string => clock.format(new Date(at))

const OFFSET_MS = 8 * 3_600_000

/** For a field of day and time, whatever clock the computer has: what it holds is China's. */
export const toField = (at: string | undefined): string =>
  at ? new Date(Date.parse(at) + OFFSET_MS).toISOString().slice(0, 16) : ''

export const fromField = (value: string): string | null => (value === '' ? null : `${value.slice(0, 16)}:00+08:00`)
