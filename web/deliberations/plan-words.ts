import type { Kind, Status } from '../../shared/deliberations/kinds.ts'
import { Refused, reasonOf } from '../api/call.ts'

export const statusWords = (kind: Kind, status: Status): string => {
  if (status === 'planned') return '筹备中'
  if (status === 'closed') return '已结束'
  return kind === 'consultation' ? '正在征求意见' : '正在开'
}

const clock = new Intl.DateTimeFormat('zh-CN', {
  ...{ timeZone: 'Asia/Shanghai', year: 'numeric', month: 'numeric', day: 'numeric' },
  ...{ hour: '2-digit', minute: '2-digit', hour12: false },
})

/** A moment as the clocks in China show it. */
export const momentWords = (at: string): string => clock.format(new Date(at))

/** Why something was refused, and what to change, line by line. */
export function faultsOf(error: unknown): string[] {
  const details = error instanceof Refused ? (error.problem.details ?? []) : []
  return [reasonOf(error).message, ...details.map(({ message }) => message)]
}
