import type { Detail } from '../problem.ts'
import { isRecord, type Json, listOf } from './definition.ts'
import { shippedNotice } from './notice.ts'

/** How long the texts of a notice may be: people read it on a phone before they begin. */
const most = { title: 60, heading: 30, text: 400, consent: 100 }
const MOST_POINTS = 12
const version = /^[0-9A-Za-z._-]{1,40}$/

/** What is wrong with a notice that a definition brings along; nothing where it brings none. */
export function noticeRefusals({ notice }: Json): Detail[] {
  if (notice === undefined) return []
  const refusal = (message: string): Detail => ({ at: 'notice', rule: 'notice', message })
  if (!isRecord(notice)) return [refusal('告知书应当写明 version、title、points 和 consent 四项')]
  const out: Detail[] = []
  const strange = Object.keys(notice).filter((key) => !['version', 'title', 'points', 'consent'].includes(key))
  if (strange.length > 0) out.push(refusal(`告知书里没有 ${strange.join('、')} 这一项，请删去`))
  if (typeof notice.version !== 'string' || !version.test(notice.version))
    out.push(refusal('告知书的版本（version）请用 1–40 个字母、数字、点、横线或下划线'))
  if (notice.version === shippedNotice.version)
    out.push(refusal(`版本 ${notice.version} 是系统自带的告知书，请换一个版本号`))
  out.push(...textRefusals('标题（title）', notice.title, most.title, refusal))
  out.push(...textRefusals('同意的话（consent）', notice.consent, most.consent, refusal))
  const points = listOf(notice.points)
  if (points.length < 1 || points.length > MOST_POINTS)
    out.push(refusal(`告知书请写 1–${MOST_POINTS} 条要点（points）`))
  for (const point of points.filter(isRecord)) {
    out.push(...textRefusals('要点的小标题（heading）', point.heading, most.heading, refusal))
    out.push(...textRefusals('要点的内容（text）', point.text, most.text, refusal))
  }
  if (!points.every(isRecord)) out.push(refusal('告知书的每条要点应当写明 heading 和 text'))
  return out
}

function textRefusals(what: string, text: unknown, limit: number, refusal: (message: string) => Detail): Detail[] {
  const length = typeof text === 'string' ? text.trim().length : 0
  return length > 0 && length <= limit ? [] : [refusal(`告知书的${what}请写 1–${limit} 字`)]
}
