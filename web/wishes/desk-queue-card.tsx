import { useEffect, useRef, useState } from 'react'
import type { DeskWish } from '../../shared/wishes/desk-api.ts'
import { flagsIn } from '../../shared/wishes/flags.ts'
import { HARDSHIP, kindNames } from '../../shared/wishes/kinds.ts'
import { useKeys } from '../kit/use-keys.ts'
import { marked, masked } from './desk-masking.ts'
import { WishPoint } from './desk-point.tsx'
import type { Services, Verdict } from './desk-queue.tsx'
import { QueueActions } from './desk-queue-actions.tsx'
import { QueueAsks } from './desk-queue-asks.tsx'
import { FlaggedText, WishPhotos } from './desk-wish-parts.tsx'
import { factWords, momentWords } from './desk-words.ts'

/** What is still to be known before something is done. */
export interface Asking {
  id: string
  what: 'edit' | 'flags' | 'return' | 'reject' | 'merge'
}

/** What whoever moderates has changed; of an older text it counts no more. */
interface Draft {
  revision: number
  text: string
}

interface Props {
  district: string
  wish: DeskWish
  services: Services
  words: string[]
  isCurrent: boolean
  asking: Asking | undefined
  busy: boolean
  refused?: string
  choose(): void
  ask(asking: Asking | undefined): void
  decide(verdict: Verdict): void
}

/** One wish that waits; the current one is open to be read, changed and decided. */
export function QueueCard(props: Props) {
  const { wish, isCurrent, choose } = props
  const heading = useRef<HTMLButtonElement>(null)
  const was = useRef(isCurrent)
  // Kept while another one is looked at.
  const [draft, setDraft] = useState<Draft>()
  const [service, setService] = useState(wish.service)
  useEffect(() => {
    if (isCurrent && !was.current) heading.current?.focus()
    was.current = isCurrent
  }, [isCurrent])
  return (
    <li className={isCurrent ? 'panel current' : 'panel'} aria-current={isCurrent}>
      <h2>
        <button ref={heading} type="button" className="wish-heading" onClick={choose} aria-expanded={isCurrent}>
          {wish.number} 号 · {kindNames[wish.kind]} · {wish.communityName}
          {!isCurrent && <span className="wish-first">{wish.text}</span>}
        </button>
        {wish.hardship && <span className="tag">{HARDSHIP}</span>}
        {!isCurrent && wish.flags.length > 0 && <span className="tag warn">标出 {wish.flags.length} 处</span>}
      </h2>
      {isCurrent && <Open {...props} {...{ draft, setDraft, service, setService }} />}
    </li>
  )
}

interface OpenProps extends Props {
  draft: Draft | undefined
  setDraft(draft: Draft | undefined): void
  service: string | null
  setService(code: string | null): void
}

function Open(props: OpenProps) {
  const { district, wish, services, words, asking, busy, refused, ask, decide } = props
  const { draft, setDraft, service, setService } = props
  const { id, revision, kind, text } = wish
  const own = draft?.revision === revision ? draft.text : undefined
  const shown = own ?? text
  const flags = own === undefined ? wish.flags : flagsIn(own, words)
  const put = (edited: string | undefined) =>
    setDraft(edited === undefined || edited === text ? undefined : { revision, text: edited })
  const approve = () =>
    decide({ decision: 'approve', ...(own !== undefined && { text: own }), ...(kind === 'place' && { service }) })
  const wants = (what: Asking['what']) => () => ask({ id, what })
  const does = {
    approve: flags.length > 0 ? wants('flags') : approve,
    mask: () => put(masked(shown, flags)),
    ...{ edit: wants('edit'), return: wants('return'), reject: wants('reject'), merge: wants('merge') },
  }
  useKeys(
    asking || busy
      ? {}
      : {
          ...{ a: does.approve, e: does.edit, c: does.return, r: does.reject, m: does.merge },
          ...(flags.length > 0 && { x: does.mask }),
        },
  )
  return (
    <>
      {draft && own === undefined && (
        <p className="wish-overtaken">许愿人刚改过这个心愿，下面是新的文字；您刚才改的没有用上，请重新看一遍。</p>
      )}
      <FlaggedText text={shown} flags={flags} />
      {own !== undefined && (
        <p className="under">
          许愿人的原话：{text}{' '}
          <button type="button" className="link" onClick={() => put(undefined)}>
            恢复原话
          </button>
        </p>
      )}
      <p className="under">
        {factWords(wish)} · {momentWords(wish.createdAt)}提出
        {wish.reason && ` · 上次请其修改：${wish.reason}`}
      </p>
      <WishPoint district={district} wish={wish} />
      <WishPhotos district={district} wish={wish} photos={wish.photo ? [wish.photo] : []} alt="许愿人配的照片" />
      {asking ? (
        <QueueAsks
          {...{ district, wish, asking, shown, busy, refused, decide, approve, put }}
          left={marked(shown, flags).filter(({ flag }) => flag)}
          mask={does.mask}
          close={() => ask(undefined)}
        />
      ) : (
        <QueueActions {...{ wish, services, service, setService, busy, does }} isMarked={flags.length > 0} />
      )}
    </>
  )
}
