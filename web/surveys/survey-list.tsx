import { Button } from 'antd'
import { useState } from 'react'
import { Link, useLocation } from 'react-router'
import type { SurveyListed } from '../../shared/surveys/api.ts'
import { type DraftListed, listDrafts, makeDraft } from '../../shared/surveys/drafts-api.ts'
import { useAnswer } from '../api/use-answer.ts'
import { usePermitted } from '../kit/permitted.tsx'
import { Refusal } from '../kit/refusal.tsx'
import { Scroll } from '../kit/scroll.tsx'
import { useDoing } from './survey-doing.ts'
import { NewSurvey } from './survey-new.tsx'
import { SurveyRow } from './survey-row.tsx'
import './survey-list.css'

interface Props {
  district: string
  surveys: SurveyListed[]
}

/** All surveys of a district with their drafts, and what can be done with each. */
export function SurveyList({ district, surveys }: Props) {
  const { may } = usePermitted()
  const mayEdit = may(makeDraft)
  const drafts = useAnswer(listDrafts, { district }, {}, mayEdit)
  const { refused, run } = useDoing(district)
  const [isNew, setNew] = useState(false)
  const written = drafts.face === 'ready' ? drafts.data : []
  const fresh = written.filter((draft) => !surveys.some(({ survey }) => survey === draft.survey))
  return (
    <>
      <h1>问卷</h1>
      <Done />
      {mayEdit && (
        <div className="actions">
          <Button type="primary" onClick={() => setNew(true)}>
            新建问卷
          </Button>
        </div>
      )}
      {refused && <Refusal message={refused} />}
      {surveys.length + fresh.length === 0 ? (
        <Nothing mayEdit={mayEdit} />
      ) : (
        <Scroll label="全部问卷">
          <table className="plain surveys">
            <thead>
              <tr>
                <th scope="col">问卷</th>
                <th scope="col">状态</th>
                <th scope="col">开放和结束时间</th>
                <th scope="col">草稿</th>
                {mayEdit && <th scope="col">办理</th>}
              </tr>
            </thead>
            <tbody>
              {fresh.map((draft) => (
                <DraftRow key={draft.survey} draft={draft} mayEdit={mayEdit} />
              ))}
              {surveys.map((survey) => (
                <SurveyRow
                  key={survey.survey}
                  {...{ district, survey, mayEdit, run }}
                  draft={written.find((draft) => draft.survey === survey.survey)}
                />
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      <NewSurvey isOpen={isNew} district={district} close={() => setNew(false)} />
    </>
  )
}

function Nothing({ mayEdit }: { mayEdit: boolean }) {
  return (
    <p className="panel">
      {mayEdit
        ? '还没有问卷。请点“新建问卷”：可以用系统自带的《社区嵌入式服务需求调查》，改几个字就能发布。'
        : '还没有问卷。问卷由本区管理员新建和发布，发布后会列在这里。'}
    </p>
  )
}

/** A survey that has not been published. */
function DraftRow({ draft, mayEdit }: { draft: DraftListed; mayEdit: boolean }) {
  return (
    <tr>
      <th scope="row">{draft.title}</th>
      <td>还没发布</td>
      <td data-label="时间">–</td>
      <td data-label="草稿">{draft.updatedBy}编辑过</td>
      {mayEdit && (
        <td>
          <Link to={`/surveys/${draft.survey}/edit`}>接着编辑</Link>
        </td>
      )}
    </tr>
  )
}

/** What has just been done in the editor. */
function Done() {
  const { state } = useLocation() as { state: { done?: string } | null }
  const words = { published: '已经发布，居民打开的就是这一版。', discarded: '草稿已经丢弃。' }[state?.done ?? '']
  return words ? (
    <p role="status" className="survey-done calm">
      {words}
    </p>
  ) : null
}
