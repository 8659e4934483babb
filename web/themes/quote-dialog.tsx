import { Button, Checkbox, Input, Modal, Select } from 'antd'
import { useEffect, useState } from 'react'
import { chooseQuotation, type OpenAnswer } from '../../shared/themes/api.ts'
import { piecesOf } from '../../shared/themes/quote.ts'
import { call, reasonOf } from '../api/call.ts'
import { Refusal } from '../kit/refusal.tsx'
import { confirmedIn } from './words.ts'

interface Props {
  params: { district: string; survey: string }
  answer: OpenAnswer | undefined
  nameOf(code: string): string
  close(): void
  chosen(): void
}

/** Chooses words to be quoted: whoever does may leave out, not add. */
export function QuoteDialog({ params, answer, nameOf, close, chosen }: Props) {
  const [text, setText] = useState('')
  const [code, setCode] = useState<string>()
  const [isPublic, setPublic] = useState(false)
  const [refused, setRefused] = useState<string>()
  useEffect(() => {
    if (!answer) return
    setText(answer.text)
    setCode(confirmedIn(answer)[0])
    setPublic(false)
    setRefused(undefined)
  }, [answer])
  const isCut = answer !== undefined && piecesOf(answer.text, text) !== undefined

  async function send(): Promise<void> {
    if (!answer || !code) return
    const { response, question } = answer
    try {
      await call(chooseQuotation, params, { body: { response, question, code, text, public: isPublic } })
      chosen()
      close()
    } catch (error) {
      setRefused(reasonOf(error).message)
    }
  }

  return (
    <Modal
      open={answer !== undefined}
      onCancel={close}
      title="选作原话"
      footer={[
        <Button key="close" onClick={close}>
          不选了
        </Button>,
        <Button key="send" type="primary" disabled={!isCut || !code} onClick={() => void send()}>
          选定
        </Button>,
      ]}
    >
      <p className="under">只能删减，不能添字；中间删去的地方写“……”。请再看一遍有没有能认出人的话，选定会记入审计。</p>
      <div className="quote-form">
        <label htmlFor="quote-theme">
          主题
          <Select
            id="quote-theme"
            value={code}
            options={answer && confirmedIn(answer).map((value) => ({ value, label: nameOf(value) }))}
            onChange={setCode}
          />
        </label>
        <label htmlFor="quote-text">
          原话
          <Input.TextArea
            id="quote-text"
            rows={5}
            maxLength={2000}
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
        </label>
        {!isCut && text !== '' && <p className="under">与居民写的不一样了：请只删减，不要改字。</p>}
        <Checkbox checked={isPublic} onChange={({ target }) => setPublic(target.checked)}>
          可公开（可以写进公开版方案）
        </Checkbox>
        {refused && <Refusal message={refused} />}
      </div>
    </Modal>
  )
}
