import { Modal } from 'antd'
import { useState } from 'react'
import type { SurveyListed } from '../../shared/surveys/api.ts'
import { reasonOf } from '../api/call.ts'
import { Refusal } from '../kit/refusal.tsx'
import { TextField } from '../kit/text-field.tsx'
import { fromField, toField } from './survey-words.ts'

interface Dates {
  opensAt: string | null
  closesAt: string | null
}

interface Props {
  survey: SurveyListed
  close(): void
  save(dates: Dates): Promise<unknown>
  saved(): void
}

/** When a survey opens and closes by itself, by China's clocks. */
export function SurveyDates({ survey, close, save, saved }: Props) {
  const [opens, setOpens] = useState(toField(survey.opensAt))
  const [closes, setCloses] = useState(toField(survey.closesAt))
  const [refused, refuse] = useState('')
  const [isBusy, setBusy] = useState(false)
  const submit = async () => {
    setBusy(true)
    refuse('')
    await save({ opensAt: fromField(opens), closesAt: fromField(closes) }).then(
      () => {
        saved()
        close()
      },
      (error: unknown) => refuse(reasonOf(error).message),
    )
    setBusy(false)
  }
  return (
    <Modal
      open
      title={`“${survey.title}”的开放和结束时间`}
      okText="保存"
      confirmLoading={isBusy}
      onOk={submit}
      onCancel={close}
    >
      <TextField
        label="开放时间（北京时间）"
        name="opens"
        type="datetime-local"
        hint="空着就是现在开放；在这以前居民打开会看到什么时候开始。"
        value={opens}
        onChange={(event) => setOpens(event.target.value)}
      />
      <TextField
        label="结束时间（北京时间）"
        name="closes"
        type="datetime-local"
        hint="空着就是不自动结束；到时自动结束，并按规定删除设备标识、起算保存期限。"
        value={closes}
        onChange={(event) => setCloses(event.target.value)}
      />
      {refused && <Refusal message={refused} />}
    </Modal>
  )
}
