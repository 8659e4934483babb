import { Input, InputNumber, Select } from 'antd'
import type { Plan } from '../../shared/deliberations/api.ts'
import { type ItemKind, itemKindNames } from '../../shared/deliberations/kinds.ts'
import { newItem, newProposal } from './plan-draft.ts'
import { PlanListEditor } from './plan-list-editor.tsx'

interface Part {
  plan: Plan
  change(more: Partial<Plan>): void
}

/** What is gone through, item by item. */
export function Agenda({ plan, change }: Part) {
  const minutes = plan.agenda.reduce((sum, one) => sum + one.minutes, 0)
  return (
    <>
      <h2>议程</h2>
      <p className="under">共{minutes}分钟</p>
      <PlanListEditor name="议程" all={plan.agenda} most={30} make={newItem} change={(agenda) => change({ agenda })}>
        {(one, n, put) => (
          <span className="plan-item">
            <Input
              aria-label={`议程第${n}项`}
              maxLength={80}
              value={one.title}
              onChange={({ target }) => put({ title: target.value })}
            />
            <Select<ItemKind>
              aria-label={`议程第${n}项的用途`}
              value={one.kind}
              options={Object.entries(itemKindNames).map(([value, label]) => ({ value: value as ItemKind, label }))}
              onChange={(kind) => put({ kind })}
            />
            <InputNumber
              aria-label={`议程第${n}项的分钟数`}
              min={1}
              max={480}
              precision={0}
              suffix="分钟"
              value={one.minutes}
              onChange={(value) => put({ minutes: value ?? 1 })}
            />
          </span>
        )}
      </PlanListEditor>
    </>
  )
}

/** What a consultation asks about, one by one. */
export function Proposals({ plan, change }: Part) {
  return (
    <>
      <h2>征求意见的条目</h2>
      <p className="under">每一条都会单独请居民表态、留意见。</p>
      <PlanListEditor
        name="条目"
        all={plan.proposals}
        most={100}
        make={newProposal}
        change={(proposals) => change({ proposals })}
      >
        {(one, n, put) => (
          <span className="plan-proposal">
            <Input
              aria-label={`条目第${n}项`}
              placeholder="例如：建社区食堂"
              maxLength={80}
              value={one.title}
              onChange={({ target }) => put({ title: target.value })}
            />
            <Input.TextArea
              aria-label={`条目第${n}项的说明`}
              placeholder="建在哪里、什么时候、谁来办（可不填）"
              rows={2}
              maxLength={1_000}
              value={one.text}
              onChange={({ target }) => put({ text: target.value })}
            />
          </span>
        )}
      </PlanListEditor>
    </>
  )
}
