import type { AgendaItem, Plan } from '../../shared/deliberations/api.ts'
import { type Kind, kindNames } from '../../shared/deliberations/kinds.ts'
import { randomId } from '../kit/random-id.ts'

const item = (title: string, kind: AgendaItem['kind'], minutes: number): AgendaItem => {
  return { id: randomId(), title, kind, minutes }
}

/** What such a meeting usually goes through; the secretary changes what is different. */
const agendas: Record<Kind, () => AgendaItem[]> = {
  forum: () => [
    item('通报改造安排', 'inform', 10),
    item('大家说说缺什么、盼什么', 'gather', 40),
    item('选出最要紧的三项', 'prioritise', 20),
  ],
  council: () => [
    item('上次议定的事办得怎样', 'inform', 5),
    item('说说院里的事', 'gather', 25),
    item('定下先办哪几件', 'prioritise', 10),
    item('表决要办的事', 'resolve', 15),
  ],
  workshop: () => [
    item('规划师介绍点位和现状', 'inform', 15),
    item('分组提方案', 'gather', 45),
    item('给方案排先后', 'prioritise', 20),
  ],
  consultation: () => [],
}

const seatsOf: Record<Kind, number> = { forum: 40, council: 24, workshop: 24, consultation: 0 }

export const newProposal = () => ({ id: randomId(), title: '', text: '' })
export const newItem = (): AgendaItem => item('', 'gather', 10)

const DAY_MS = 86_400_000
const OFFSET_MS = 8 * 3_600_000

/** An hour of a day some days from now, by China's clocks. */
function inDays(now: Date, days: number, hour: number): string {
  const today = Math.floor((now.getTime() + OFFSET_MS) / DAY_MS)
  return new Date((today + days) * DAY_MS + hour * 3_600_000 - OFFSET_MS).toISOString()
}

type Place = { code: string; name: string }

/** A plan that needs little more than a look: an evening in three days, or two weeks for those who read at home. */
export function freshPlan(kind: Kind, community: Place, now: Date): Plan {
  const isOnline = kind === 'consultation'
  return {
    ...{ kind, title: titleOf(kind, community), community: community.code, compounds: [] },
    place: isOnline ? '' : '社区活动室',
    startsAt: isOnline ? inDays(now, 0, 9) : inDays(now, 3, 19),
    endsAt: isOnline ? inDays(now, 14, 18) : null,
    ...{ host: '', moderated: true, speakerSeconds: 180, seats: seatsOf[kind] },
    agenda: agendas[kind](),
    proposals: isOnline ? [newProposal()] : [],
  }
}

const titleOf = (kind: Kind, { name }: Place): string =>
  kind === 'consultation' ? `${name}行动蓝图征求意见` : `${name}${kindNames[kind]}`

/** The same plan as another kind or elsewhere: what was written stays, what comes along with a kind changes. */
export function turned(plan: Plan, to: { kind?: Kind; community?: Place }, before: Place, now: Date): Plan {
  const kind = to.kind ?? plan.kind
  const community = to.community ?? before
  const fresh = freshPlan(kind, community, now)
  const title = plan.title === titleOf(plan.kind, before) ? fresh.title : plan.title
  const moved = { ...plan, title, community: community.code, compounds: to.community ? [] : plan.compounds }
  if (kind === plan.kind) return moved
  return { ...fresh, title, compounds: moved.compounds, host: plan.host }
}

/** One step up or down; at either end it stays. */
export function moved<One>(all: readonly One[], from: number, by: 1 | -1): One[] {
  const to = from + by
  if (to < 0 || to >= all.length) return [...all]
  const next = [...all]
  ;[next[from], next[to]] = [next[to]!, next[from]!]
  return next
}

/** For a field of day and time, whatever clock the computer has: what it holds is China's. */
export const toField = (at: string | null): string =>
  at ? new Date(Date.parse(at) + OFFSET_MS).toISOString().slice(0, 16) : ''

export const fromField = (value: string): string | null =>
  value === '' ? null : new Date(`${value.slice(0, 16)}:00+08:00`).toISOString()
