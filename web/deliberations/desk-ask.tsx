import { Button, Input, InputNumber, Modal, Radio } from 'antd'
import { type FormEvent, useState } from 'react'
import { questionKindNames, questionKinds } from '../../shared/deliberations/kinds.ts'
import { questionFaults } from '../../shared/deliberations/question-rules.ts'
import { askQuestion, type Question, setQuestionState } from '../../shared/deliberations/questions-api.ts'
import { useAct } from '../api/use-act.ts'
import { randomId } from '../kit/random-id.ts'
import { Refusal } from '../kit/refusal.tsx'
import { askedOf, type Draft, firstDraft } from './desk-ask-draft.ts'
import { MotionFields } from './desk-ask-motion.tsx'
import { OptionFields } from './desk-ask-options.tsx'
import { useDesk } from './desk-here.ts'

/** Makes a question, to be opened at once or later. */
export function AskQuestion({ close }: { close(asked?: Question): void }) {
  const { params, room, lists } = useDesk()
  const [draft, setDraft] = useState<Draft>(() => firstDraft(room))
  // Made once, so that asking twice makes one question.
  const [id] = useState(randomId)
  const [wrong, setWrong] = useState<string[]>([])
  const { act, busy, refused } = useAct()
  const set = (part: Partial<Draft>) => {
    setWrong([])
    setDraft({ ...draft, ...part })
  }
  const ask = async (opens: boolean) => {
    const asked = askedOf(draft, room)
    const faults = questionFaults(asked)
    if (faults.length > 0) return setWrong(faults.map(({ message }) => message))
    const made = await act(askQuestion, params, { id, ...asked })
    if (!made) return
    lists.placeQuestion(made.answer)
    const opened = opens ? await act(setQuestionState, { ...params, question: id }, { state: 'open' }) : made
    lists.reread('questions')
    if (opened) close(opened.answer)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void ask(room.head.status === 'open')
  }
  const hasPicks = draft.kind === 'dots' || draft.kind === 'ranking'
  return (
    <Modal open title="新的表决" footer={null} onCancel={() => close()} width={640}>
      <form className="ask-question" onSubmit={submit}>
        <Radio.Group
          aria-label="怎么表决"
          value={draft.kind}
          onChange={({ target }) => set({ kind: target.value })}
          options={questionKinds.map((value) => ({ value, label: questionKindNames[value] }))}
        />
        <div className="field">
          <label htmlFor={`${id}-title`}>表决什么</label>
          <Input
            id={`${id}-title`}
            autoFocus
            maxLength={200}
            placeholder={examples[draft.kind]}
            value={draft.title}
            onChange={({ target }) => set({ title: target.value })}
          />
        </div>
        {draft.kind === 'motion' ? <MotionFields {...{ draft, set }} /> : <OptionFields {...{ draft, set }} />}
        {hasPicks && (
          <div className="picks">
            <label htmlFor={`${id}-picks`}>{draft.kind === 'dots' ? '每人最多选几项' : '每人排出前几位'}</label>
            <InputNumber
              {...{ id: `${id}-picks`, min: 1, max: 20, precision: 0, value: draft.picks }}
              onChange={(n) => set({ picks: n ?? 1 })}
            />
          </div>
        )}
        {[...wrong, ...(refused ? [refused] : [])].map((message) => (
          <Refusal key={message} message={message} />
        ))}
        <div className="actions">
          {room.head.status === 'open' && (
            <Button type="primary" htmlType="submit" disabled={busy}>
              拟好并开始
            </Button>
          )}
          <Button disabled={busy} onClick={() => void ask(false)}>
            先存着
          </Button>
        </div>
      </form>
    </Modal>
  )
}

const examples: Record<Draft['kind'], string> = {
  opinion: '例如：对大家刚才提的意见表态',
  dots: '例如：选出最要紧的三项',
  ranking: '例如：把这几项排出先后',
  motion: '例如：同意把闲置门面改成社区食堂',
}
