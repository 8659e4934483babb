import { useQueryClient } from '@tanstack/react-query'
import { Modal, Radio } from 'antd'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { listDrafts, makeDraft } from '../../shared/surveys/drafts-api.ts'
import { addressOf, call, Refused, reasonOf } from '../api/call.ts'
import { Refusal } from '../kit/refusal.tsx'
import { TextField } from '../kit/text-field.tsx'
import { definitionIn } from './edit-json.ts'

interface Props {
  isOpen: boolean
  district: string
  close(): void
}

/** A new survey, from the questionnaire that comes along or from a file. */
export function NewSurvey({ isOpen, district, close }: Props) {
  const [from, setFrom] = useState<'questionnaire' | 'definition'>('questionnaire')
  const [title, setTitle] = useState('')
  const [file, setFile] = useState<File>()
  const [refused, refuse] = useState('')
  const [isBusy, setBusy] = useState(false)
  const make = useMake(district)
  const begin = async () => {
    setBusy(true)
    refuse('')
    await make(from === 'definition' ? file : undefined, from, title.trim()).catch((error: unknown) =>
      refuse(wordsFor(error)),
    )
    setBusy(false)
  }
  return (
    <Modal open={isOpen} title="新建问卷" okText="开始编辑" confirmLoading={isBusy} onOk={begin} onCancel={close}>
      <Radio.Group
        aria-label="从哪里开始"
        className="survey-from"
        value={from}
        onChange={({ target }) => setFrom(target.value)}
        options={[
          { value: 'questionnaire', label: '用系统自带的《社区嵌入式服务需求调查》，按本区的服务出题' },
          { value: 'definition', label: '上传 SurveyJS 问卷文件（JSON）' },
        ]}
      />
      {from === 'definition' && (
        <TextField
          label="问卷文件（JSON）"
          name="file"
          type="file"
          accept=".json,application/json"
          onChange={(event) => setFile(event.target.files?.[0])}
        />
      )}
      <TextField
        label="问卷名称（可不填，以后能改）"
        name="title"
        maxLength={100}
        value={title}
        onChange={(event) => setTitle(event.target.value)}
      />
      {refused && <Refusal message={refused} />}
    </Modal>
  )
}

function useMake(district: string) {
  const navigate = useNavigate()
  const queries = useQueryClient()
  return async (file: File | undefined, from: 'questionnaire' | 'definition', title: string) => {
    if (from === 'definition' && !file) throw new Error('请先选好问卷文件，再开始编辑。')
    const definition = file && (await definitionIn(file))
    const body = { from, ...(definition && { definition }), ...(title && { title }) }
    const { survey } = await call(makeDraft, { district }, { body })
    void queries.invalidateQueries({ queryKey: [addressOf(listDrafts, { district })] })
    await navigate(`/surveys/${survey}/edit`)
  }
}

function wordsFor(error: unknown): string {
  if (!(error instanceof Refused)) return error instanceof Error ? error.message : reasonOf(error).message
  return [error.problem.message, ...(error.problem.details ?? []).map(({ message }) => message)].join(' ')
}
