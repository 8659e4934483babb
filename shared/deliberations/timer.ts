/** How long something has run, and whether it has had its time: 还剩 4:12，已超时 1 分 05 秒. */
export interface Timing {
  words: string
  isOver: boolean
  /** Of its time, 0 to 1. */
  share: number
}

export function timing(startedAt: string, seconds: number, now: Date): Timing {
  const spent = Math.max(0, Math.floor((now.getTime() - Date.parse(startedAt)) / 1000))
  const left = seconds - spent
  const isOver = left < 0
  return {
    words: isOver ? `已超时 ${spelt(-left)}` : `还剩 ${clock(left)}`,
    isOver,
    share: Math.min(1, spent / seconds),
  }
}

const two = (n: number): string => String(n).padStart(2, '0')

const clock = (seconds: number): string => `${Math.floor(seconds / 60)}:${two(seconds % 60)}`

function spelt(seconds: number): string {
  const minutes = Math.floor(seconds / 60)
  return minutes > 0 ? `${minutes} 分 ${two(seconds % 60)} 秒` : `${seconds} 秒`
}
