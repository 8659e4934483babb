import type { ReactNode } from 'react'
import { useSearchParams } from 'react-router'
import { costNames, costs, kindNames, kinds } from '../../shared/wishes/kinds.ts'
import { boardStates, type Filters, filtersIn, queryOf, withins } from './board-address.ts'
import { type Community, CommunityOptions } from './community-options.tsx'

/** What the address narrows the board to; at first to what waits. */
export const narrowedBy = (search: URLSearchParams): Partial<Filters> => ({
  state: 'open',
  ...queryOf(filtersIn(search.toString())),
})

/** Narrows the board; the address keeps it. */
export function BoardFilters({ places }: { places: Community[] }) {
  const [search, setSearch] = useSearchParams()
  const now = narrowedBy(search)
  const choose = (name: string, value: string) => {
    const next = new URLSearchParams(search)
    if (value) next.set(name, value)
    else next.delete(name)
    setSearch(next, { replace: true })
  }
  const isNarrowed = Object.keys(now).length > 1
  return (
    <div className="filters">
      <Choice label="进展" name="state" {...{ now, choose }}>
        {boardStates.map(({ state, name }) => (
          <option key={state} value={state}>
            {name}
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
        <CommunityOptions communities={places} />
      </Choice>
      <Choice label="大约花费" name="cost" {...{ now, choose }} any="不限花费">
        {costs.map((cost) => (
          <option key={cost} value={cost}>
            {costNames[cost]}
          </option>
        ))}
      </Choice>
      <Choice label="什么时候要" name="within" {...{ now, choose }} any="不限时间">
        {withins.map(({ days, name }) => (
          <option key={days} value={days}>
            {name}
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
  name: keyof Filters
  now: Partial<Filters>
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
