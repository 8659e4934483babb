import type { ReactNode } from 'react'
import { useSearchParams } from 'react-router'
import type { readWishPlaces } from '../../shared/wishes/api.ts'
import { costNames, costs, kindNames, kinds } from '../../shared/wishes/kinds.ts'
import type { Answer } from '../api/call.ts'

type Places = Answer<typeof readWishPlaces>['communities']

const states = { open: '还没人认领', claimed: '已经认领', fulfilled: '已经办结' } as const
const spans = ['3', '7', '14', '30'] as const
const names = ['state', 'kind', 'community', 'cost', 'within'] as const

/** What the address narrows the board to; what is no choice of ours is left out. */
export function narrowedBy(search: URLSearchParams): Record<string, string> {
  const allowed: Record<(typeof names)[number], (value: string) => boolean> = {
    state: (value) => value in states,
    kind: (value) => value in kindNames,
    community: (value) => /^[A-Za-z0-9_-]{1,40}$/.test(value),
    cost: (value) => value in costNames,
    within: (value) => (spans as readonly string[]).includes(value),
  }
  const given = names.map((name) => [name, search.get(name) ?? ''] as const)
  return { state: 'open', ...Object.fromEntries(given.filter(([name, value]) => value && allowed[name](value))) }
}

/** Narrows the board; the address keeps it. */
export function BoardFilters({ places }: { places: Places }) {
  const [search, setSearch] = useSearchParams()
  const now = narrowedBy(search)
  const choose = (name: string, value: string) => {
    const next = new URLSearchParams(search)
    if (value) next.set(name, value)
    else next.delete(name)
    setSearch(next, { replace: true })
  }
  const isNarrowed = names.some((name) => name !== 'state' && now[name])
  return (
    <div className="filters">
      <Choice label="进展" name="state" {...{ now, choose }}>
        {Object.entries(states).map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </Choice>
      <Choice label="种类" name="kind" {...{ now, choose }} any="全部种类">
        {kinds.map((kind) => (
          <option key={kind} value={kind}>
            {kindNames[kind]}
          </option>
        ))}
      </Choice>
      <Choice label="社区" name="community" {...{ now, choose }} any="全部社区">
        {bySubdistrict(places).map(([subdistrict, communities]) => (
          <optgroup key={subdistrict} label={subdistrict}>
            {communities.map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </optgroup>
        ))}
      </Choice>
      <Choice label="大约花费" name="cost" {...{ now, choose }} any="不限花费">
        {costs.map((cost) => (
          <option key={cost} value={cost}>
            {costNames[cost]}
          </option>
        ))}
      </Choice>
      <Choice label="什么时候要" name="within" {...{ now, choose }} any="不限时间">
        {spans.map((days) => (
          <option key={days} value={days}>
            {days} 天以内
          </option>
        ))}
      </Choice>
      {isNarrowed && (
        <button type="button" className="small" onClick={() => setSearch({}, { replace: true })}>
          看全部
        </button>
      )}
    </div>
  )
}

interface ChoiceProps {
  label: string
  name: (typeof names)[number]
  now: Record<string, string>
  any?: string
  choose(name: string, value: string): void
  children: ReactNode
}

function Choice({ label, name, now, any, choose, children }: ChoiceProps) {
  return (
    <label>
      {label}
      <select value={now[name] ?? ''} onChange={({ target }) => choose(name, target.value)}>
        {any && <option value="">{any}</option>}
        {children}
      </select>
    </label>
  )
}

function bySubdistrict(places: Places): [string, Places][] {
  const groups = new Map<string, Places>()
  for (const place of places) groups.set(place.subdistrict, [...(groups.get(place.subdistrict) ?? []), place])
  return [...groups]
}
