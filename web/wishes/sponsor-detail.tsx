import { Button } from 'antd'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Link } from 'react-router'
import { type BoardWish, readWish } from '../../shared/wishes/api.ts'
import { claimWish } from '../../shared/wishes/claims-api.ts'
import { useAnswer } from '../api/use-answer.ts'
import { usePermitted } from '../kit/permitted.tsx'
import { Refusal } from '../kit/refusal.tsx'
import { Screen } from '../kit/screen-face.tsx'
import { dayWords } from './days.ts'
import { WishPoint } from './desk-point.tsx'
import { useClaim } from './sponsor-claim.ts'
import { WishFacts, WishPhoto, WishTags } from './sponsor-facts.tsx'
import { type Held, Membership } from './sponsor-membership.tsx'
import { standingWords } from './sponsor-words.ts'

interface Props {
  district: string
  wish: string
  held: Held
  close(): void
}

/** One wish of the board, beside it; Escape or a click beside closes it. */
export function WishDialog({ district, wish, held, close }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  const seen = useAnswer(readWish, { district, wish })
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal()
  }, [])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click beside the panel closes it; Escape does the same for the keyboard
    <dialog
      ref={dialog}
      className="side wish-dialog"
      aria-labelledby="wish-title"
      onClose={close}
      onClick={(event) => event.target === dialog.current && dialog.current.close()}
    >
      <header>
        <h2 id="wish-title">{seen.face === 'ready' ? `${seen.data.number} 号心愿` : '心愿'}</h2>
        <button type="button" className="small" onClick={() => dialog.current?.close()}>
          关闭
        </button>
      </header>
      <Screen seen={seen}>{(found) => <Detail district={district} wish={found} held={held} />}</Screen>
    </dialog>
  )
}

function Detail({ district, wish, held }: { district: string; wish: BoardWish; held: Held }) {
  const { claiming, claim } = useClaim(district, wish.id)
  const isOurs = held.holdings.some((one) => one.live && one.wish.id === wish.id)
  return (
    <div className="wish-detail">
      <WishTags wish={wish} titled />
      <p className="wish-text">{wish.text}</p>
      <WishPhoto district={district} wish={wish} />
      <WishFacts wish={wish} />
      <WishPoint district={district} wish={wish} />
      {claiming.face === 'refused' && !isOurs && (
        <Refusal message={claiming.isLost ? `${claiming.message}再按一次“认领”也只算一次。` : claiming.message} />
      )}
      {claiming.face === 'done' ? (
        <Done wish={wish.id} dueOn={claiming.holding.dueOn} />
      ) : isOurs ? (
        <Ours wish={wish.id} />
      ) : wish.state === 'open' ? (
        <Claim held={held} isSending={claiming.face === 'sending'} claim={claim} />
      ) : (
        <p className="wish-standing">{standingWords(wish)}。请看看别的心愿。</p>
      )}
    </div>
  )
}

function Done({ wish, dueOn }: { wish: string; dueOn: string }) {
  return (
    <Told>
      认领成功，谢谢！请在{dayWords(dueOn)}前办好。许愿人的联系方式在
      <Link to={`/holdings?wish=${wish}`}>本单位认领的</Link>里查看。
    </Told>
  )
}

function Ours({ wish }: { wish: string }) {
  return (
    <Told>
      贵单位已经认领了这个心愿，请到<Link to={`/holdings?wish=${wish}`}>本单位认领的</Link>里办理。
    </Told>
  )
}

/** Takes the focus, since the button that was pressed is gone. */
function Told({ children }: { children: ReactNode }) {
  const place = useRef<HTMLParagraphElement>(null)
  useEffect(() => place.current?.focus(), [])
  return (
    <p className="calm" role="status" tabIndex={-1} ref={place}>
      {children}
    </p>
  )
}

/** Asks once more, in the same place. */
function Claim({ held, isSending, claim }: { held: Held; isSending: boolean; claim(): Promise<void> }) {
  const [asks, setAsks] = useState(false)
  const { may } = usePermitted()
  if (!may(claimWish) || !held.sponsor?.active) return <Membership held={held} />
  if (!asks)
    return (
      <div className="actions">
        <Button type="primary" size="large" onClick={() => setAsks(true)}>
          认领这个心愿
        </Button>
      </div>
    )
  return (
    <div className="wish-confirm">
      <p>
        由<strong>{held.sponsor.name}</strong>
        认领？认领后就能看到许愿人的联系方式；请在期限内办好，到期没有办也没有延期的，会自动退回心愿墙。
      </p>
      <div className="actions">
        <Button type="primary" size="large" autoFocus loading={isSending} onClick={() => void claim()}>
          确认认领
        </Button>
        <Button size="large" disabled={isSending} onClick={() => setAsks(false)}>
          再看看
        </Button>
      </div>
    </div>
  )
}
