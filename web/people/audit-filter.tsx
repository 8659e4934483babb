import { Input, Select } from 'antd'
import type { AuditFilter } from '../../shared/people/audit-api.ts'
import { actorNames, subjectNames } from './audit-words.ts'

interface Props {
  filter: AuditFilter
  /** Names of people and of actions by what the audit calls them. */
  people: ReadonlyMap<string, string>
  actions: ReadonlyMap<string, string>
  change(part: Partial<AuditFilter>): void
}

const choicesOf = (entries: Iterable<readonly [string, string]>) =>
  [...entries].map(([value, label]) => ({ value, label }))

/** What to look for in the record. */
export function AuditFilters({ filter, people, actions, change }: Props) {
  const aboutPeople = [...people].map(([id, name]) => [`person:${id}`, `账号：${name}`] as const)
  return (
    <section className="filters" aria-label="查找审计记录">
      <Choice
        id="audit-actor"
        label="操作人"
        value={filter.actor}
        options={choicesOf([...people, ...Object.entries(actorNames)])}
        put={(actor) => change({ actor })}
      />
      <Choice
        id="audit-action"
        label="做了什么"
        value={filter.action}
        options={choicesOf(actions)}
        put={(action) => change({ action })}
      />
      <Choice
        id="audit-subject"
        label="对什么"
        value={filter.subject}
        options={choicesOf([...Object.entries(subjectNames), ...aboutPeople])}
        put={(subject) => change({ subject })}
      />
      <Day id="audit-from" label="从哪天" value={filter.from} put={(from) => change({ from })} />
      <Day id="audit-to" label="到哪天" value={filter.to} put={(to) => change({ to })} />
    </section>
  )
}

interface ChoiceProps {
  id: string
  label: string
  value: string | undefined
  options: { value: string; label: string }[]
  put(value: string | undefined): void
}

function Choice({ id, label, value, options, put }: ChoiceProps) {
  return (
    <label htmlFor={id}>
      {label}
      <Select
        id={id}
        className="choice"
        placeholder="不限"
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        popupMatchSelectWidth={false}
        value={value}
        options={options}
        onChange={(chosen?: string) => put(chosen)}
      />
    </label>
  )
}

function Day({ id, label, value, put }: Omit<ChoiceProps, 'options'>) {
  return (
    <label htmlFor={id}>
      {label}
      <Input id={id} type="date" value={value ?? ''} onChange={({ target }) => put(target.value || undefined)} />
    </label>
  )
}
