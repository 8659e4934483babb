import { useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { type Rules, readRules, setRules } from '../../shared/wishes/desk-api.ts'
import { useAct } from '../api/use-act.ts'
import { questionOf, useAnswer } from '../api/use-answer.ts'
import { Labelled, NumberField } from '../kit/labelled.tsx'
import { usePermitted } from '../kit/permitted.tsx'
import { Refusal } from '../kit/refusal.tsx'
import { Screen } from '../kit/screen-face.tsx'

/** What holds for all wishes of the district; administrators change it. */
export function RulesPart({ district }: { district: string }) {
  const seen = useAnswer(readRules, { district })
  const maySet = usePermitted().may(setRules)
  return (
    <section aria-label="规则" className="wish-form">
      <h2>规则</h2>
      <Screen seen={seen}>
        {(rules) => (maySet ? <RulesForm district={district} rules={rules} /> : <RulesRead rules={rules} />)}
      </Screen>
    </section>
  )
}

function RulesRead({ rules: { words, claimDays, extensionDays } }: { rules: Rules }) {
  return (
    <>
      <p>
        认领后 {claimDays} 天内办结，可以延期一次，延 {extensionDays} 天；到期没有办的，自动退回心愿墙。
      </p>
      <p>
        审核时另外提醒的词：{words.length > 0 ? words.join('、') : '没有加，只提醒电话、证件号、姓名和常见的骂人话'}。
      </p>
      <p className="under">由本区管理员修改。</p>
    </>
  )
}

const MOST_WORDS = 500
const LONGEST_WORD = 20

function RulesForm({ district, rules }: { district: string; rules: Rules }) {
  const [days, setDays] = useState({ claimDays: rules.claimDays, extensionDays: rules.extensionDays })
  const [typed, setTyped] = useState(rules.words.join('\n'))
  const [said, setSaid] = useState('')
  const [fault, setFault] = useState('')
  const { act, busy, refused } = useAct()
  const queries = useQueryClient()
  const save = async (event: FormEvent) => {
    event.preventDefault()
    const words = wordsIn(typed)
    setSaid('')
    setFault(faultIn(words))
    if (faultIn(words)) return
    const done = await act(setRules, { district }, { words, ...days })
    if (!done) return
    queries.setQueryData(questionOf(readRules, { district }).queryKey, done.answer)
    setSaid('已保存。已经认领的，期限不变。')
  }
  return (
    <form onSubmit={save} noValidate>
      <div className="fields">
        <NumberField
          label="认领后几天内办结"
          min={1}
          max={90}
          value={days.claimDays}
          change={(claimDays) => setDays({ ...days, claimDays })}
        />
        <NumberField
          label="延期一次，延几天"
          min={1}
          max={90}
          value={days.extensionDays}
          change={(extensionDays) => setDays({ ...days, extensionDays })}
        />
      </div>
      <Labelled label="审核时另外提醒的词，一行一个（电话、证件号、姓名和常见的骂人话本来就会标出）">
        {(id) => (
          <Input.TextArea
            id={id}
            className="grows"
            rows={4}
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
          />
        )}
      </Labelled>
      {(fault || refused) && <Refusal message={fault || refused!} />}
      <div className="actions">
        <Button type="primary" htmlType="submit" loading={busy}>
          保存规则
        </Button>
        <span role="status">{said}</span>
      </div>
    </form>
  )
}

const wordsIn = (typed: string): string[] =>
  [...new Set(typed.split(/[\n、，,]/).map((word) => word.trim()))].filter(Boolean)

function faultIn(words: string[]): string {
  const long = words.find((word) => [...word].length > LONGEST_WORD)
  if (long) return `“${long.slice(0, LONGEST_WORD)}……”太长，一个词最多 ${LONGEST_WORD} 个字。`
  return words.length > MOST_WORDS ? `最多 ${MOST_WORDS} 个词，现在有 ${words.length} 个。` : ''
}
