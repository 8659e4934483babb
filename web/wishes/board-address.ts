import { costs, kinds } from '../../shared/wishes/kinds.ts'

/** What of the board is wanted; an empty word means all. */
export interface Filters {
  kind: string
  community: string
  cost: string
  within: string
  state: string
}

export const noFilters: Filters = { kind: '', community: '', cost: '', within: '', state: '' }

export const withins = [
  { days: '3', name: '3 天以内' },
  { days: '7', name: '一周以内' },
  { days: '30', name: '一个月以内' },
]
export const boardStates = [
  { state: 'open', name: '还没人认领' },
  { state: 'claimed', name: '有单位在办' },
  { state: 'fulfilled', name: '已经办结' },
]

const known: Record<keyof Filters, (text: string) => boolean> = {
  kind: (text) => (kinds as readonly string[]).includes(text),
  cost: (text) => (costs as readonly string[]).includes(text),
  within: (text) => withins.some(({ days }) => days === text),
  state: (text) => boardStates.some(({ state }) => state === text),
  community: (text) => /^[A-Za-z0-9_-]{1,40}$/.test(text),
}
const names = Object.keys(known) as (keyof Filters)[]

/** What an address asks for; what makes no sense is left out. */
export function filtersIn(search: string): Filters {
  const asked = new URLSearchParams(search)
  const pairs = names.map((name) => [name, asked.get(name) ?? ''] as const)
  return { ...noFilters, ...Object.fromEntries(pairs.filter(([name, text]) => known[name](text))) }
}

/** Only what is filtered by. */
export const queryOf = (filters: Filters): Partial<Filters> =>
  Object.fromEntries(names.filter((name) => filters[name]).map((name) => [name, filters[name]]))

export function searchOf(filters: Filters): string {
  const text = new URLSearchParams(queryOf(filters)).toString()
  return text && `?${text}`
}
