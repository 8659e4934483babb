import type { Plan } from '../../shared/deliberations/api.ts'
import type { Detail } from '../../shared/problem.ts'
import { isPlainText } from '../platform/plain-text.ts'

const FIRST = Date.parse('2000-01-01T00:00:00Z')
const LAST = Date.parse('2200-01-01T00:00:00Z')

/** A moment that a calendar knows; the description lets seconds pass that no clock shows. */
const isMoment = (text: string): boolean => {
  const at = Date.parse(text)
  return at >= FIRST && at < LAST
}

type Say = (at: string, rule: string, message: string) => void

/** What keeps a plan from being held, place by place. @param known codes of the community's compounds */
export function planFaults(plan: Plan, known: ReadonlySet<string>): Detail[] {
  const details: Detail[] = []
  const say: Say = (at, rule, message) => details.push({ at, rule, message })
  sayTexts(plan, say)
  sayTimes(plan, say)
  sayAgenda(plan, say)
  for (const code of plan.compounds)
    if (!known.has(code)) say('compounds', 'unknown', `本社区没有代码为“${code}”的小区，请重新选择。`)
  sayTwice(plan.compounds, () => say('compounds', 'twice', '同一个小区选了两次，请去掉一个。'))
  return details
}

function sayTexts({ kind, title, place, host }: Plan, say: Say): void {
  const plain = (at: string, name: string, text: string) => {
    if (!isPlainText(text)) say(at, 'text', `${name}里有换行或看不见的字符，请重新输入。`)
  }
  if (title.trim() === '') say('title', 'empty', '请写下名称，居民在海报和手机上会看到。')
  plain('title', '名称', title)
  plain('place', '地点', place)
  plain('host', '主持人', host)
  if (kind !== 'consultation' && place.trim() === '') say('place', 'empty', '请写下地点，海报上会印出来。')
}

function sayTimes({ kind, startsAt, endsAt }: Plan, say: Say): void {
  if (!isMoment(startsAt)) say('startsAt', 'time', '开始时间不对，请重新选择日期和时间。')
  if (endsAt === null) {
    if (kind === 'consultation') say('endsAt', 'empty', '征求意见要写明截止时间，请选择。')
  } else if (!isMoment(endsAt) || Date.parse(endsAt) <= Date.parse(startsAt))
    say('endsAt', 'time', '结束时间应在开始之后，请重新选择。')
}

/** Line breaks are welcome where a text has room for them. */
const isText = (text: string): boolean => isPlainText(text.replace(/\r?\n/g, ''))

function sayAgenda({ kind, agenda, proposals }: Plan, say: Say): void {
  const ofRoom = kind !== 'consultation'
  if (ofRoom && agenda.length === 0) say('agenda', 'empty', '议程还是空的，请至少加一项。')
  if (ofRoom && proposals.length > 0) say('proposals', 'kind', '只有线上征求意见才有征求意见的条目，请删去或改变种类。')
  if (!ofRoom && proposals.length === 0) say('proposals', 'empty', '还没有征求意见的条目，请至少写一条。')
  if (!ofRoom && agenda.length > 0) say('agenda', 'kind', '线上征求意见没有议程，请删去议程或改变种类。')
  for (const [i, { title }] of agenda.entries())
    if (title.trim() === '' || !isPlainText(title)) say(`agenda.${i}`, 'text', `议程第 ${i + 1} 项要写标题，写一行。`)
  for (const [i, { title, text }] of proposals.entries()) {
    if (title.trim() === '' || !isPlainText(title)) say(`proposals.${i}`, 'text', `第 ${i + 1} 条要写标题，写一行。`)
    if (!isText(text)) say(`proposals.${i}`, 'text', `第 ${i + 1} 条的说明里有看不见的字符，请重新输入。`)
  }
  sayTwice(
    [...agenda, ...proposals].map(({ id }) => id),
    () => say('agenda', 'twice', '有两项用了同一个编号，请删去一项再加。'),
  )
}

function sayTwice(ids: readonly string[], say: () => void): void {
  if (new Set(ids).size < ids.length) say()
}
