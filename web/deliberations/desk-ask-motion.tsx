import { Checkbox, Select } from 'antd'
import { ruleNames, rules } from '../../shared/deliberations/kinds.ts'
import { readCatalogue, readCommunity } from '../../shared/places/api.ts'
import { useAnswer } from '../api/use-answer.ts'
import { usePermitted } from '../kit/permitted.tsx'
import type { Draft } from './desk-ask-draft.ts'
import { quorumName, quorums } from './desk-ask-words.ts'
import { useDesk } from './desk-here.ts'

interface Props {
  draft: Draft
  set(part: Partial<Draft>): void
}

/** When a motion passes, who may see how people voted, and what it requires. */
export function MotionFields({ draft, set }: Props) {
  const { length: invited } = useDesk().planned.roster
  // Half of nobody is always there.
  const offered = quorums.filter(({ quorum }) => invited > 0 || quorum?.of !== 'roster')
  return (
    <>
      <div className="field">
        <span>怎样算通过</span>
        <Select
          aria-label="怎样算通过"
          value={draft.rule}
          onChange={(rule) => set({ rule })}
          options={rules.map((value) => ({ value, label: ruleNames[value] }))}
        />
      </div>
      <div className="field">
        <span>法定人数{invited > 0 && `（名单上应到 ${invited} 人）`}</span>
        <Select
          aria-label="法定人数"
          value={quorumName(draft.quorum)}
          onChange={(name) => set({ quorum: quorums.find((each) => each.name === name)?.quorum ?? null })}
          options={offered.map(({ name }) => ({ value: name, label: name }))}
        />
      </div>
      <Checkbox checked={draft.secret} onChange={({ target }) => set({ secret: target.checked })}>
        无记名投票（投出即定，谁投了什么连系统也查不到）
      </Checkbox>
      <RequirementFields {...{ draft, set }} />
    </>
  )
}

/** Of the community's sites and the catalogue's functions. */
function RequirementFields({ draft, set }: Props) {
  const { params, planned } = useDesk()
  const { may } = usePermitted()
  const { district } = params
  const mayRead = may(readCommunity) && may(readCatalogue)
  const place = useAnswer(readCommunity, { district, community: planned.plan.community }, {}, mayRead)
  const catalogue = useAnswer(readCatalogue, { district }, {}, mayRead)
  if (place.face !== 'ready' || catalogue.face !== 'ready' || place.data.sites.length === 0) return null
  const groups = catalogue.data.catalogue.services.filter(({ functions }) => functions.length > 0)
  return (
    <fieldset className="requirement">
      <legend>通过后要求点位设一项功能（可不选）</legend>
      <Select
        allowClear
        aria-label="点位"
        placeholder="点位"
        value={draft.site}
        onChange={(site) => set({ site })}
        options={place.data.sites.map(({ code, name }) => ({ value: code, label: name }))}
      />
      <Select
        allowClear
        showSearch
        optionFilterProp="label"
        aria-label="功能"
        placeholder="功能"
        value={draft.requires}
        onChange={(requires) => set({ requires })}
        options={groups.map(({ zh, functions }) => ({
          label: zh,
          options: functions.map((each) => ({ value: each.code, label: each.zh })),
        }))}
      />
    </fieldset>
  )
}
