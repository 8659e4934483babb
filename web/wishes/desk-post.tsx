import { Button } from 'antd'
import { type FormEvent, useState } from 'react'
import { Link } from 'react-router'
import { listCommunities } from '../../shared/places/api.ts'
import { readWishPlaces } from '../../shared/wishes/api.ts'
import type { Answer } from '../api/call.ts'
import { useAct } from '../api/use-act.ts'
import { together, useAnswer } from '../api/use-answer.ts'
import { Refusal } from '../kit/refusal.tsx'
import { Screen } from '../kit/screen-face.tsx'
import { blank, type Draft, missingIn, photoAdded, posted } from './desk-post-draft.ts'
import { PostFields } from './desk-post-fields.tsx'
import { useWishesAnew } from './desk-work.ts'

/** What the fields choose from. */
export interface Choices {
  communities: { code: string; name: string }[]
  services: { code: string; name: string }[]
}

/** 代提: a wish written down for somebody without a phone, or in hardship. */
export function PostPage({ district }: { district: string }) {
  const seen = together<{ within: Answer<typeof listCommunities>; places: Answer<typeof readWishPlaces> }>({
    within: useAnswer(listCommunities, { district }),
    places: useAnswer(readWishPlaces, { district }),
  })
  return (
    <>
      <h1>代提心愿</h1>
      <p className="under">
        替不会用手机的、有困难的居民和骑手登记。联系方式加密保存，只有正在办的单位看得到；登记后同样要先审核。
      </p>
      <Screen seen={seen}>
        {({ within, places }) => (
          <Post district={district} choices={{ communities: within.communities, services: places.services }} />
        )}
      </Screen>
    </>
  )
}

function Post({ district, choices }: { district: string; choices: Choices }) {
  const { communities } = choices
  const only = communities.length === 1 ? communities[0]!.code : undefined
  const [draft, setDraft] = useState<Draft>(() => blank(only))
  const [faults, setFaults] = useState<string[]>([])
  const [stored, setStored] = useState<{ wish: string; number: number }>()
  const { busy, refused, forget, run } = useAct()
  const anew = useWishesAnew(district)
  const change = (more: Partial<Draft>) => {
    setDraft({ ...draft, ...more })
    setFaults([])
  }
  const addPhoto = async (wish: string) => {
    const { photo } = draft
    if (photo && (await run(() => photoAdded(district, wish, photo)))) change({ photo: undefined })
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const missing = missingIn(draft)
    setFaults(missing)
    if (missing.length > 0) return
    const done = await run(() => posted(district, draft))
    if (!done) return
    setStored(done.answer)
    await addPhoto(done.answer.wish)
    await anew()
  }
  if (communities.length === 0)
    return <p className="panel">您负责的范围里还没有社区，请先请管理员导入社区，再来登记心愿。</p>
  if (stored) {
    const next = () => {
      forget()
      setStored(undefined)
      setDraft(blank(draft.community))
    }
    return (
      <Stored
        number={stored.number}
        hasPhoto={draft.photo !== undefined}
        {...{ busy, refused, next }}
        again={() => void addPhoto(stored.wish)}
      />
    )
  }
  return (
    <form className="wish-form" onSubmit={submit} noValidate>
      <PostFields {...{ district, choices, draft, change }} />
      {faults.length > 0 && (
        <div className="refusal" role="alert">
          {faults.length === 1 ? faults[0] : '有几处还没有填好：'}
          {faults.length > 1 && (
            <ul>
              {faults.map((words) => (
                <li key={words}>{words}</li>
              ))}
            </ul>
          )}
        </div>
      )}
      {refused && <Refusal message={refused} />}
      <div className="actions">
        <Button type="primary" htmlType="submit" loading={busy}>
          登记心愿
        </Button>
      </div>
    </form>
  )
}

interface StoredProps {
  number: number
  /** Whether its photo has not arrived. */
  hasPhoto: boolean
  busy: boolean
  refused?: string
  again(): void
  next(): void
}

function Stored({ number, hasPhoto, busy, refused, again, next }: StoredProps) {
  return (
    <div className="panel">
      <p role="status">
        已登记为 <strong>{number} 号</strong>心愿，等着<Link to="/wishes/queue">审核</Link>
        。请把号码告诉本人，方便以后查问。
      </p>
      {hasPhoto && !busy && (
        <p>
          照片没有传上去，心愿已经登记。
          <button type="button" className="link" onClick={again}>
            再传一次
          </button>
        </p>
      )}
      {refused && <Refusal message={refused} />}
      <div className="actions">
        <Button type="primary" autoFocus loading={busy} onClick={next}>
          再登记一个
        </Button>
      </div>
    </div>
  )
}
