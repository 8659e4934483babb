import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { listSurveys } from '../../shared/surveys/api.ts'
import { beginRound, listVersions, type VersionListed } from '../../shared/surveys/versions-api.ts'
import { addressOf, call, reasonOf } from '../api/call.ts'
import { usePermitted } from '../kit/permitted.tsx'
import { Refusal } from '../kit/refusal.tsx'

interface Props {
  params: { district: string; survey: string }
  current: VersionListed
}

type Face =
  | { face: 'ready' | 'asking' | 'waiting' }
  | { face: 'begun'; round: number }
  | { face: 'refused'; message: string }

/** The same questions once more, in a round of their own; not there for those who may not. */
export function BeginRound({ params, current }: Props) {
  const [face, setFace] = useState<Face>({ face: 'ready' })
  const { may } = usePermitted()
  const queries = useQueryClient()
  const begin = async () => {
    setFace({ face: 'waiting' })
    try {
      const { round } = await call(beginRound, params, { body: { version: current.version } })
      setFace({ face: 'begun', round })
      await queries.invalidateQueries({ queryKey: [addressOf(listVersions, params)] })
      await queries.invalidateQueries({ queryKey: [addressOf(listSurveys, { district: params.district })] })
    } catch (error) {
      setFace({ face: 'refused', message: reasonOf(error).message })
    }
  }
  if (!may(beginRound)) return null
  const next = current.round + 1
  return (
    <section aria-label="开始新一轮">
      {face.face === 'asking' || face.face === 'waiting' ? (
        <div className="panel">
          <p>
            将以第{current.version}版的题目原样开始第{next}轮。从这时起的答卷另算一轮，第{current.round}
            轮的数字保持不变； 海报和短码照用，不必重印。新一轮收到答卷之前，总表仍显示第{current.round}轮。
          </p>
          <div className="actions">
            <button type="button" className="small" disabled={face.face === 'waiting'} onClick={begin}>
              {face.face === 'waiting' ? '正在发布……' : `确认开始第${next}轮`}
            </button>
            <button type="button" className="small" onClick={() => setFace({ face: 'ready' })}>
              先不开始
            </button>
          </div>
        </div>
      ) : (
        <div className="actions">
          <button type="button" className="small" onClick={() => setFace({ face: 'asking' })}>
            从本轮问卷开始新一轮
          </button>
        </div>
      )}
      {face.face === 'begun' && <p role="status">第{face.round}轮已经开始。问卷如果已结束，请到问卷列表里重新开放。</p>}
      {face.face === 'refused' && <Refusal message={face.message} />}
      <p className="note">要修改题目后再开始新一轮，请先编辑问卷草稿，发布时选“开始新一轮”。</p>
    </section>
  )
}
