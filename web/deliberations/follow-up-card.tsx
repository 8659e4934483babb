import { Button } from 'antd'
import { useState } from 'react'
import { followUpStateNames } from '../../shared/deliberations/kinds.ts'
import { dayWords } from '../../shared/deliberations/minutes/words.ts'
import { changeFollowUp, type FollowUp } from '../../shared/deliberations/minutes-api.ts'
import { useKeptFocus } from '../kit/kept-focus.ts'
import { usePermitted } from '../kit/permitted.tsx'
import { FollowUpForm } from './follow-up-form.tsx'
import type { Grounds } from './follow-ups-page.tsx'
import type { Wanted } from './use-follow-ups.ts'

interface Props {
  one: FollowUp
  grounds: Grounds
  save(wanted: Wanted): Promise<void>
}

/** One thing that is to be done, and how far it is. */
export function FollowUpCard({ one, grounds, save }: Props) {
  const { may } = usePermitted()
  const [isOpen, setOpen] = useState(false)
  const place = useKeptFocus<HTMLLIElement>()
  const { number, text, owner, dueOn, state, outcome, overdue } = one
  const answered = groundWords(one, grounds)
  return (
    <li className="panel follow-up" ref={place} tabIndex={-1}>
      <h2>
        {number}. {text}
      </h2>
      <p>
        {owner}，{dayWords(dueOn)}前办完 <span className="tag">{followUpStateNames[state]}</span>
        {overdue && <span className="tag warn">已过期</span>}
      </p>
      {outcome && <p>{outcome}</p>}
      {answered && <p className="under">{answered}</p>}
      {isOpen ? (
        <FollowUpForm first={wantedOf(one)} from={state} grounds={grounds} save={save} close={() => setOpen(false)} />
      ) : (
        may(changeFollowUp) && (
          <Button aria-label={`更新第${number}件`} onClick={() => setOpen(true)}>
            更新
          </Button>
        )
      )}
    </li>
  )
}

const wantedOf = ({ text, owner, dueOn, statements, question, state, outcome }: FollowUp): Wanted => ({
  ...{ text, owner, dueOn, statements, question, state, outcome },
})

function groundWords({ statements, question }: FollowUp, grounds: Grounds): string {
  const numbers = grounds.statements.filter(({ id }) => statements.includes(id)).map(({ number }) => number)
  const asked = grounds.questions.find(({ id }) => id === question)
  const said = numbers.length > 0 ? [`回应第${numbers.join('、')}号意见`] : []
  return [...said, ...(asked ? [`依据“${asked.title}”的表决`] : [])].join('；')
}
