import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from 'react-router'
import type { District } from '../shared/places/api.ts'
import { listSurveys } from '../shared/surveys/api.ts'
import { listDrafts, readDraft } from '../shared/surveys/drafts-api.ts'
import { addressOf } from './api/call.ts'
import { EditPage } from './surveys/edit-page.tsx'

/** Editing one questionnaire, new or the next version of one. */
export default function SurveyEditPage({ district }: { district: District }) {
  const { code = '' } = useParams()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const params = { district: district.code }
  const left = async (how: 'published' | 'discarded') => {
    const lists = [addressOf(listSurveys, params), addressOf(listDrafts, params)]
    await Promise.all(lists.map((address) => queries.invalidateQueries({ queryKey: [address] })))
    await navigate('/surveys', { state: { done: how } })
    // Only when the editor is gone: it would ask for it again.
    setTimeout(() => queries.removeQueries({ queryKey: [addressOf(readDraft, { ...params, survey: code })] }))
  }
  return (
    <>
      <p className="crumbs">
        <Link to="/surveys">问卷</Link> › 编辑
      </p>
      <EditPage district={district.code} survey={code} left={left} />
    </>
  )
}
