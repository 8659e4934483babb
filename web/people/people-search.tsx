import { Input, Select } from 'antd'
import { roleNames, roles } from '../../shared/people/roles.ts'
import type { Narrowing } from './people-narrowed.ts'
import { statusNames } from './people-words.ts'

const roleChoices = [{ value: '', label: '全部角色' }, ...roles.map((value) => ({ value, label: roleNames[value] }))]
const statusChoices = [
  { value: '', label: '全部状态' },
  ...Object.entries(statusNames).map(([value, label]) => ({ value, label })),
]

interface Props {
  narrowing: Narrowing
  change(part: Partial<Narrowing>): void
  found: number
}

export function PeopleSearch({ narrowing, change, found }: Props) {
  return (
    <section className="filters" aria-label="查找人员">
      <label htmlFor="people-words">
        姓名、用户名或角色
        <Input
          id="people-words"
          value={narrowing.words}
          allowClear
          placeholder="输入几个字"
          onChange={({ target }) => change({ words: target.value })}
        />
      </label>
      <label htmlFor="people-role">
        角色
        <Select
          id="people-role"
          value={narrowing.role}
          options={roleChoices}
          onChange={(role) => change({ role: role as Narrowing['role'] })}
        />
      </label>
      <label htmlFor="people-status">
        状态
        <Select
          id="people-status"
          value={narrowing.status}
          options={statusChoices}
          onChange={(status) => change({ status: status as Narrowing['status'] })}
        />
      </label>
      <p className="found" role="status">
        共{found}人
      </p>
    </section>
  )
}
