import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { type Audience, type BriefEntry, composeBrief, listBriefs } from '../../shared/briefs/api.ts'
import { addressOf, call, reasonOf } from '../api/call.ts'
import { usePermitted } from '../kit/permitted.tsx'

interface Props {
  district: string
  site: string
  audience: Audience
}

type Face =
  | { face: 'ready' }
  | { face: 'waiting' }
  | { face: 'same'; edition: number }
  | { face: 'refused'; message: string }

/** Writes a new edition from the data as they are now, and opens it; not there for those who may not. */
export function ComposeButton({ district, site, audience }: Props) {
  const [face, setFace] = useState<Face>({ face: 'ready' })
  const { may } = usePermitted()
  const queries = useQueryClient()
  const go = useNavigate()
  const compose = async () => {
    setFace({ face: 'waiting' })
    try {
      const entry = await call(composeBrief, { district, site }, { body: { audience } })
      const before = queries.getQueryData<BriefEntry[]>([addressOf(listBriefs, { district })]) ?? []
      await queries.invalidateQueries({ queryKey: [addressOf(listBriefs, { district })] })
      await go(`/sites/${site}/briefs/${entry.edition}?audience=${audience}`)
      const isSame = before.some(({ hash }) => hash === entry.hash)
      setFace(isSame ? { face: 'same', edition: entry.edition } : { face: 'ready' })
    } catch (error) {
      setFace({ face: 'refused', message: reasonOf(error).message })
    }
  }
  if (!may(composeBrief)) return null
  const label = audience === 'public' ? '编制新的公开版' : '编制新稿'
  return (
    <>
      <button type="button" className="small" disabled={face.face === 'waiting'} onClick={compose}>
        {face.face === 'waiting' ? '正在编制……' : label}
      </button>
      {face.face === 'same' && (
        <span role="status" className="note">
          数据没有变化，第{face.edition}稿就是现在的内容，没有另存。
        </span>
      )}
      {face.face === 'refused' && (
        <span role="alert" className="standing">
          {face.message}
        </span>
      )}
    </>
  )
}
