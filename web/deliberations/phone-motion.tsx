import { useEffect, useRef, useState } from 'react'
import { type Choice, choiceNames } from '../../shared/deliberations/kinds.ts'
import type { RoomQuestion } from '../../shared/deliberations/room.ts'
import { Choices } from './phone-choices.tsx'
import type { Visit } from './visits.ts'
import { castVote, chosenOn } from './vote.ts'

interface Props {
  question: RoomQuestion
  visit: Visit
}

export function Motion({ question, visit }: Props) {
  const chosen = chosenOn(visit, question.id, question.id)
  if (question.secret) return <SecretBallot question={question} visit={visit} hasVoted={chosen !== undefined} />
  return (
    <>
      <Choices
        about={question.title}
        chosen={chosen as string | undefined}
        choose={(choice) => void castVote(visit, question, question.id, choice)}
      />
      {typeof chosen === 'string' && (
        <p className="good" role="status">
          您选的是“{choiceNames[chosen as Choice]}”。
        </p>
      )}
    </>
  )
}

/** Final, so it is asked twice. */
function SecretBallot({ question, visit, hasVoted }: Props & { hasVoted: boolean }) {
  const [choice, setChoice] = useState<Choice>()
  const sure = useRef<HTMLParagraphElement>(null)
  useEffect(() => {
    if (choice) sure.current?.focus()
  }, [choice])
  if (hasVoted) {
    return (
      <p className="good" role="status">
        您已经投过票了。谁也查不到您投的是什么。
      </p>
    )
  }
  if (!choice) {
    return (
      <>
        <p>无记名：谁也查不到您投的是什么。投出以后不能改。</p>
        <Choices about={question.title} chosen={undefined} choose={setChoice} />
      </>
    )
  }
  return (
    <>
      <p ref={sure} tabIndex={-1} className="loud">
        您选的是“{choiceNames[choice]}”，投出就不能改了。
      </p>
      <div className="choices">
        <button type="button" className="main" onClick={() => void castVote(visit, question, question.id, choice)}>
          确定投出
        </button>
        <button type="button" className="second" onClick={() => setChoice(undefined)}>
          再想想，重新选
        </button>
      </div>
    </>
  )
}
