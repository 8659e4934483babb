import { useId } from 'react'
import { costNames, costs, kindNames, kinds } from '../../shared/wishes/kinds.ts'
import { boardStates, type Filters, withins } from './board-address.ts'
import { CommunitySelect, useCommunities } from './phone-community.tsx'

interface Props {
  district: string
  filters: Filters
  choose(more: Partial<Filters>): void
}

/** Kinds at once, the rest behind a line. */
export function BoardFilters({ district, filters, choose }: Props) {
  const communities = useCommunities(district)
  const { kind, ...others } = filters
  const chosen = Object.values(others).filter(Boolean).length
  return (
    <section aria-label="挑着看">
      {/* biome-ignore lint/a11y/useSemanticElements: buttons that act at once are no fields of a form */}
      <div className="chips" role="group" aria-label="哪一类">
        <Chip name="全部" isChosen={kind === ''} choose={() => choose({ kind: '' })} />
        {kinds.map((one) => (
          <Chip key={one} name={kindNames[one]} isChosen={kind === one} choose={() => choose({ kind: one })} />
        ))}
      </div>
      <details>
        <summary>{chosen > 0 ? `挑着看（选了 ${chosen} 项）` : '按社区、花费、日子挑着看'}</summary>
        <div className="two-wide">
          {communities.face === 'ready' && (
            <CommunitySelect
              label="社区"
              none="全部社区"
              communities={communities.data}
              chosen={filters.community}
              choose={(community) => choose({ community })}
            />
          )}
          <Select
            label="花费"
            chosen={filters.cost}
            choose={(cost) => choose({ cost })}
            options={costs.map((value) => ({ value, name: costNames[value] }))}
          />
          <Select
            label="多少天以内要"
            chosen={filters.within}
            choose={(within) => choose({ within })}
            options={withins.map(({ days, name }) => ({ value: days, name }))}
          />
          <Select
            label="有没有人认领"
            chosen={filters.state}
            choose={(state) => choose({ state })}
            options={boardStates.map(({ state, name }) => ({ value: state, name }))}
          />
        </div>
      </details>
    </section>
  )
}

function Chip({ name, isChosen, choose }: { name: string; isChosen: boolean; choose(): void }) {
  return (
    <button type="button" className="quiet chip" aria-pressed={isChosen} onClick={choose}>
      {name}
    </button>
  )
}

interface SelectProps {
  label: string
  chosen: string
  choose(value: string): void
  options: { value: string; name: string }[]
}

function Select({ label, chosen, choose, options }: SelectProps) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} value={chosen} onChange={(event) => choose(event.target.value)}>
        <option value="">都看</option>
        {options.map(({ value, name }) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
    </div>
  )
}
