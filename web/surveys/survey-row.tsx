import { Button, Modal } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import type { SurveyListed } from '../../shared/surveys/api.ts'
import type { DraftListed } from '../../shared/surveys/drafts-api.ts'
import type { Status } from '../../shared/surveys/status.ts'
import { SurveyDates } from './survey-dates.tsx'
import { putStatus, type Run, useEdit } from './survey-doing.ts'
import { chinaMoment, statusWords } from './survey-words.ts'

interface Props {
  district: string
  survey: SurveyListed
  draft: DraftListed | undefined
  mayEdit: boolean
  run: Run
}

/** One published survey. */
export function SurveyRow({ district, survey, draft, mayEdit, run }: Props) {
  const { title, version, opensAt, closesAt } = survey
  const status = survey.status as Status
  return (
    <tr>
      <th scope="row">
        <Link to={`/surveys/${survey.survey}`}>{title}</Link>
        <small className="note"> 第 {version} 版</small>
      </th>
      <td>{statusWords[status]}</td>
      <td data-label="时间">
        {opensAt && <div>{chinaMoment(opensAt)}开放</div>}
        {closesAt && <div>{chinaMoment(closesAt)}结束</div>}
        {!opensAt && !closesAt && '没有定时间'}
      </td>
      <td data-label="草稿">{draft ? `${draft.updatedBy}编辑过` : '–'}</td>
      {mayEdit && (
        <td>
          <Steps {...{ district, survey, status, draft, run }} />
        </td>
      )}
    </tr>
  )
}

function Steps({ district, survey, status, draft, run }: Omit<Props, 'mayEdit'> & { status: Status }) {
  const edit = useEdit(district)
  const [asked, ask] = useState<'close' | 'dates'>()
  const { survey: code, title } = survey
  const put = (wish: Parameters<typeof putStatus>[2]) => run(() => putStatus(district, code, wish))
  const isLive = status === 'open' || status === 'scheduled'
  const end = () => put({ status: 'closed' }).finally(() => ask(undefined))
  return (
    <span className="survey-steps">
      <Button onClick={() => run(() => edit(code, draft))}>{draft ? '接着编辑' : '编辑'}</Button>
      {isLive && <Button onClick={() => put({ status: 'paused' })}>暂停</Button>}
      {status === 'paused' && <Button onClick={() => put({ status: 'open' })}>恢复</Button>}
      {status === 'closed' && <Button onClick={() => put({ status: 'open' })}>重新开放</Button>}
      {status !== 'closed' && <Button onClick={() => ask('dates')}>时间</Button>}
      {status !== 'closed' && (
        <Button danger onClick={() => ask('close')}>
          结束
        </Button>
      )}
      <Modal
        open={asked === 'close'}
        title={`结束“${title}”？`}
        okText="结束"
        okButtonProps={{ danger: true }}
        onOk={end}
        onCancel={() => ask(undefined)}
      >
        <p>结束后不再收答卷，辨认设备的标识马上删除，答卷从这时起按告知居民的天数保存。只是歇几天的，请用“暂停”。</p>
      </Modal>
      {asked === 'dates' && (
        <SurveyDates
          survey={survey}
          close={() => ask(undefined)}
          save={(dates) => putStatus(district, code, { status: status === 'paused' ? 'paused' : 'open', ...dates })}
          saved={() => run(async () => undefined)}
        />
      )}
    </span>
  )
}
