import { Button, Select } from 'antd'
import { useState } from 'react'
import type { Dictionary } from '../../shared/themes/api.ts'
import { Refusal } from '../kit/refusal.tsx'
import type { Decisions } from './use-decisions.ts'
import type { Search } from './use-queue.ts'

interface Props {
  ticked: number
  search: Search
  dictionary: Dictionary
  decisions: Decisions
  confirm(codes?: string[]): void
  reject(): void
}

/** What can be done with those ticked, with all that match, and with what was done last. */
export function QueueActions({ ticked, search, dictionary, decisions, confirm, reject }: Props) {
  const [code, setCode] = useState<string>()
  const { last, progress, refused } = decisions
  const { search: words, ...all } = search
  const theme = dictionary.codes.find((each) => each.code === search.code)
  const choices = dictionary.codes
    .filter(({ retired }) => !retired)
    .map(({ code, name }) => ({ value: code, label: name }))
  return (
    <div className="queue-actions">
      <span role="status">
        已选 {ticked} 条{last && `；${last.words}`}
        {progress !== undefined && `；已处理 ${progress} 条……`}
      </span>
      <Button type="primary" disabled={ticked === 0} onClick={() => confirm()}>
        确认建议
      </Button>
      <span className="into">
        <Select
          aria-label="归入哪个主题"
          placeholder="归入主题"
          value={code}
          options={choices}
          showSearch={{ optionFilterProp: 'label' }}
          onChange={setCode}
        />
        <Button disabled={ticked === 0 || !code} onClick={() => code && confirm([code])}>
          归入
        </Button>
      </span>
      <Button disabled={ticked === 0} onClick={reject}>
        否定
      </Button>
      {theme && !words && search.state === 'waiting' && progress === undefined && (
        <Button onClick={() => void decisions.decideAll(all, 'confirmed', [theme.code])}>
          全部确认为“{theme.name}”
        </Button>
      )}
      {progress !== undefined && <Button onClick={decisions.stop}>停下</Button>}
      {last && progress === undefined && <Button onClick={() => void decisions.undo()}>撤销</Button>}
      {refused && <Refusal message={refused} />}
    </div>
  )
}
