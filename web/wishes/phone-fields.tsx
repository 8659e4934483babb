import { useId } from 'react'
import { costNames, costs, kindNames, kinds, MOST_WISH_LENGTH } from '../../shared/wishes/kinds.ts'
import { serverNow } from '../api/server-clock.ts'
import { dayOf, today } from './days.ts'
import type { Wanted } from './phone-drafts.ts'
import { type Faults, lengthOf } from './phone-faults.ts'
import { Fault, Picks } from './phone-picks.tsx'

export interface FieldsProps {
  wanted: Wanted
  change(more: Partial<Wanted>): void
  faults: Faults
}

const kindHints = { goods: '缺一样东西', service: '想有人帮忙办', company: '想有人陪一陪', place: '路上、附近缺的' }
const kindOptions = kinds.map((value) => ({ value, text: kindNames[value], hint: kindHints[value] }))
const costOptions = costs.map((value) => ({ value, text: costNames[value] }))

export function TextAndKind({ wanted: { text, kind }, change, faults }: FieldsProps) {
  const id = useId()
  const length = lengthOf(text)
  const left = MOST_WISH_LENGTH - length
  return (
    <>
      <div className="field">
        <label htmlFor={id}>您的心愿</label>
        <textarea
          id={id}
          data-field="text"
          rows={3}
          value={text}
          placeholder="例如：想带三个孩子去一次游乐园"
          aria-describedby={`${id}-count ${id}-fault`}
          aria-invalid={faults.text || left < 0 ? true : undefined}
          onChange={(event) => change({ text: event.target.value })}
        />
        <p className={left < 0 ? 'small over' : 'small'} id={`${id}-count`}>
          {left < 0
            ? `写了 ${length} 字，请删去 ${-left} 字。`
            : `${length} / ${MOST_WISH_LENGTH} 字。请不要写姓名和电话。`}
        </p>
        <Fault id={`${id}-fault`} text={faults.text} />
      </div>
      <Picks
        name="kind"
        legend="是哪一类"
        options={kindOptions}
        chosen={kind}
        choose={(chosen) => change({ kind: chosen })}
        fault={faults.kind}
      />
    </>
  )
}

export const CostPicks = ({ wanted: { cost }, change, faults }: FieldsProps) => (
  <Picks
    name="cost"
    legend="大概要花多少钱"
    options={costOptions}
    chosen={cost}
    choose={(chosen) => change({ cost: chosen })}
    fault={faults.cost}
  />
)

const YEAR_MS = 365 * 86_400_000

export function NeededBy({ wanted: { neededBy }, change, faults }: FieldsProps) {
  const id = useId()
  const now = serverNow()
  return (
    <div className="field">
      <label htmlFor={id}>希望哪天前办到（可以不填）</label>
      <input
        id={id}
        data-field="neededBy"
        type="date"
        value={neededBy}
        min={today(now)}
        max={dayOf(new Date(now.getTime() + YEAR_MS))}
        aria-describedby={`${id}-fault`}
        aria-invalid={faults.neededBy ? true : undefined}
        onChange={(event) => change({ neededBy: event.target.value })}
      />
      <Fault id={`${id}-fault`} text={faults.neededBy} />
    </div>
  )
}
