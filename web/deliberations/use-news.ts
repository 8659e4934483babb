import { useEffect, useRef, useState } from 'react'
import type { Room } from '../../shared/deliberations/room.ts'
import { outcomeSentence } from '../../shared/deliberations/words.ts'

/** What has just changed in the room, in a sentence for whoever does not look at the page. */
export function useNews(room: Room, label: string): string {
  const before = useRef(room)
  const [news, setNews] = useState('')
  useEffect(() => {
    const told = newsOf(before.current, room, label)
    before.current = room
    if (told) setNews(told)
  }, [room, label])
  return news
}

function newsOf(before: Room, now: Room, label: string): string | undefined {
  const current = ({ items }: Room) => items.find(({ state }) => state === 'current')
  const mine = ({ speakers }: Room) => speakers.find((one) => one.label === label)
  for (const question of now.questions) {
    const was = before.questions.find(({ id }) => id === question.id)
    if (question.state === was?.state) continue
    if (question.state === 'open') return `现在开始表决：${question.title}`
    if (question.outcome) return `表决结束：${question.title}。${outcomeSentence(question, question.outcome)}`
    if (question.state === 'void') return `这项表决作废了：${question.title}`
  }
  if (before.head.status !== now.head.status) {
    const what = now.head.kind === 'consultation' ? '征求意见' : '会议'
    return now.head.status === 'closed' ? `${what}结束了，谢谢您参加。` : `${what}开始了。`
  }
  if (mine(now)?.state === 'speaking' && mine(before)?.state !== 'speaking') return '请您发言。'
  const item = current(now)
  if (item && item.id !== current(before)?.id) return `现在进行：${item.title}`
  return undefined
}
