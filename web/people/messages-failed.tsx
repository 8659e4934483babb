import { Button } from 'antd'
import { useState } from 'react'
import { type FailedMessage, listFailedMessages, sendMessageAgain } from '../../shared/people/notices-api.ts'
import { call, reasonOf } from '../api/call.ts'
import { useAnswer } from '../api/use-answer.ts'
import { Refusal } from '../kit/refusal.tsx'
import { Screen } from '../kit/screen-face.tsx'
import { messageStatuses, problemWords, purposeWords } from './messages-words.ts'
import { momentWords } from './people-words.ts'

/** Messages that the provider has not accepted, and another try for those that were given up. */
export function FailedMessages({ params }: { params: { district: string } }) {
  const seen = useAnswer(listFailedMessages, params)
  const [said, setSaid] = useState<{ refused?: string; done?: boolean }>({})
  const again = async (message: string) => {
    try {
      await call(sendMessageAgain, { ...params, message })
      setSaid({ done: true })
    } catch (error) {
      setSaid({ refused: reasonOf(error).message })
    }
    if (seen.face === 'ready') seen.again()
  }
  return (
    <section aria-label="没有发出去的短信">
      <h2>没有发出去的短信</h2>
      {said.refused && <Refusal message={said.refused} />}
      <p role="status" className="under">
        {said.done && '已重新交给短信服务，稍后刷新可以看到结果。'}
      </p>
      <Screen seen={seen}>
        {(messages) =>
          messages.length === 0 ? (
            <p>没有发送失败的短信。</p>
          ) : (
            <ul className="cards">
              {messages.map((message) => (
                <li key={message.id}>
                  <Failed message={message} again={() => again(message.id)} />
                </li>
              ))}
            </ul>
          )
        }
      </Screen>
    </section>
  )
}

function Failed({ message, again }: { message: FailedMessage; again(): void }) {
  const { phoneEnd, purpose, status, attempts, problem, createdAt } = message
  return (
    <>
      <h3>尾号 {phoneEnd}</h3>
      <p>{problemWords(problem)}</p>
      <p className="sub">
        {purposeWords(purpose)} · {momentWords(createdAt)} · 试过{attempts}次 · {messageStatuses[status]}
      </p>
      {status === 'failed' && <Button onClick={again}>重新发送</Button>}
    </>
  )
}
