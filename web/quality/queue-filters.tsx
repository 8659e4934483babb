import { Select } from 'antd'
import type { QueueCounts } from '../../shared/quality/api.ts'
import { type SignKind, signNames } from '../../shared/quality/signs.ts'
import { RoundPicker } from '../kit/round-picker.tsx'
import { decisionWords } from './words.ts'

export interface View {
  round: string
  decision: 'open' | 'kept' | 'excluded' | 'all'
  sign: SignKind | ''
  community: string
}

interface Props {
  view: View
  rounds: number[]
  counts: QueueCounts
  communities: { code: string; name: string }[]
  matching: number
  change(part: Partial<View>): void
}

/** Which flagged answers are listed. */
export function QueueFilters({ view, rounds, counts, communities, matching, change }: Props) {
  const decided = (['open', 'kept', 'excluded'] as const).map((value) => {
    return { value, label: `${decisionWords[value]}（${counts[value].toLocaleString('zh-CN')}）` }
  })
  return (
    <section className="filters" aria-label="筛选">
      <RoundPicker id="quality-round" rounds={rounds} value={view.round} change={(round) => change({ round })} />
      <label htmlFor="quality-decision">
        复核结论
        <Select
          id="quality-decision"
          value={view.decision}
          options={[...decided, { value: 'all' as const, label: '全部' }]}
          onChange={(decision) => change({ decision })}
        />
      </label>
      <label htmlFor="quality-sign">
        疑点
        <Select
          id="quality-sign"
          popupMatchSelectWidth={false}
          value={view.sign}
          options={[
            { value: '' as const, label: '全部疑点' },
            ...counts.signs.map(({ sign, n }) => ({ value: sign, label: `${signNames[sign]}（${n}）` })),
          ]}
          onChange={(sign) => change({ sign })}
        />
      </label>
      <label htmlFor="quality-community">
        社区
        <Select
          id="quality-community"
          popupMatchSelectWidth={false}
          showSearch={{ optionFilterProp: 'label' }}
          value={view.community}
          options={[
            { value: '', label: '全部社区' },
            ...communities.map(({ code, name }) => ({ value: code, label: name })),
          ]}
          onChange={(community) => change({ community })}
        />
      </label>
      <p className="found" role="status">
        共{matching}份
      </p>
    </section>
  )
}
