import type { Where } from './api.ts'
import { flagsIn } from './flags.ts'
import { type Cost, costNames, HARDSHIP, type Kind, kindNames } from './kinds.ts'
import { type State, stateNames } from './states.ts'

/** One wish as the ledger tells of it: nothing of who wished. Moments and days by the clocks of China, for people to read. */
export interface Entry {
  number: number
  community: string
  kind: Kind
  text: string
  where: Where | null
  cost: Cost
  neededBy: string | null
  service: string | null
  hardship: boolean
  supporters: number
  state: State
  postedAt: string
  openedAt: string | null
  firstClaimedAt: string | null
  claims: number
  /** Who holds it or fulfilled it. */
  sponsor: string | null
  claimedAt: string | null
  dueOn: string | null
  deliveredAt: string | null
  doneOn: string | null
  fulfilledAt: string | null
  /** Days from the board to the first claim, and from the claim to the confirmation. */
  toClaim: number | null
  toFulfil: number | null
  rating: number | null
}

type Cell = string | number | null

const columns: [title: string, cell: (entry: Entry) => Cell][] = [
  ['编号', ({ number }) => number],
  ['社区', ({ community }) => community],
  ['类别', ({ kind }) => kindNames[kind]],
  ['心愿', textOf],
  ['位置', ({ where }) => placeWords(where)],
  ['费用', ({ cost }) => costNames[cost]],
  ['希望实现日期', ({ neededBy }) => neededBy],
  ['相关服务', ({ service }) => service],
  [HARDSHIP, ({ hardship }) => (hardship ? '是' : null)],
  ['“我也想”人数', ({ supporters }) => supporters],
  ['状态', ({ state }) => stateNames[state]],
  ['提交时间', ({ postedAt }) => postedAt],
  ['上墙时间', ({ openedAt }) => openedAt],
  ['首次认领时间', ({ firstClaimedAt }) => firstClaimedAt],
  ['认领次数', ({ claims }) => claims],
  ['共建单位', ({ sponsor }) => sponsor],
  ['本次认领时间', ({ claimedAt }) => claimedAt],
  ['办理期限', ({ dueOn }) => dueOn],
  ['提交凭证时间', ({ deliveredAt }) => deliveredAt],
  ['办到的日期', ({ doneOn }) => doneOn],
  ['确认办结时间', ({ fulfilledAt }) => fulfilledAt],
  ['等待认领（天）', ({ toClaim }) => rounded(toClaim)],
  ['认领到办结（天）', ({ toFulfil }) => rounded(toFulfil)],
  ['评分（1–5）', ({ rating }) => rating],
]

export const ledgerTitles: string[] = columns.map(([title]) => title)
export const ledgerRow = (entry: Entry): Cell[] => columns.map(([, cell]) => cell(entry))

const rounded = (days: number | null): number | null => days && Math.round(days * 100) / 100

/** A point is written as maps take it, latitude first. */
export function placeWords(where: Where | null): string | null {
  if (!where) return null
  const { words, point } = where
  const at = point && `北纬${point.lat.toFixed(5)}，东经${point.lon.toFixed(5)}`
  return [words, at].filter(Boolean).join('；') || null
}

/** Nobody has read yet what is not on the board: what looks like a number or a name is hidden. */
function textOf({ text, openedAt }: Entry): string {
  if (openedAt !== null) return text
  const hidden = flagsIn(text).filter(({ kind }) => kind !== 'abuse')
  const isHidden = (at: number) => hidden.some(({ from, to }) => from <= at && at < to)
  return [...text].map((letter, at) => (isHidden(at) ? '＊' : letter)).join('')
}
