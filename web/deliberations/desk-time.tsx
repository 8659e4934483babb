import { useEffect, useState } from 'react'
import { timing } from '../../shared/deliberations/timer.ts'
import { serverNow } from '../api/server-clock.ts'

/** What is left of somebody's or something's time; once it is over, in words that stand out. */
export function TimeLeft({ startedAt, seconds }: { startedAt: string; seconds: number }) {
  const [now, setNow] = useState(serverNow)
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), 1_000)
    return () => clearInterval(timer)
  }, [])
  const { words, isOver } = timing(startedAt, seconds, now)
  return (
    <span className={isOver ? 'time-left over' : 'time-left'} role="timer">
      {words}
    </span>
  )
}
