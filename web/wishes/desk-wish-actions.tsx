import { Button } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { assignWish, extendClaim, listSponsors, releaseClaim } from '../../shared/wishes/claims-api.ts'
import { type DeskWish, moderateWish, reopenWish } from '../../shared/wishes/desk-api.ts'
import { stepsFrom } from '../../shared/wishes/states.ts'
import { useKeptFocus } from '../kit/kept-focus.ts'
import { type Permitted, usePermitted } from '../kit/permitted.tsx'
import { WishAsks } from './desk-wish-asks.tsx'
import { useWishWork } from './desk-work.ts'

export type Action = 'assign' | 'extend' | 'release' | 'confirm' | 'reopen' | 'revise' | 'merge' | 'reject' | 'withdraw'

/** What staff may do with a wish as it stands. Waiting ones are decided in the queue, beside their text. */
function actionsFor({ state, claim }: DeskWish, { may }: Permitted): Action[] {
  const steps = stepsFrom(state, 'staff')
  const isStaff = may(moderateWish)
  const open: Record<Action, boolean> = {
    assign: may(assignWish) && may(listSponsors),
    extend: may(extendClaim) && claim !== null && !claim.extended,
    release: may(releaseClaim),
    // Anybody may confirm, change and withdraw what is theirs; for somebody else those do who look after wishes.
    confirm: isStaff,
    reopen: may(reopenWish),
    revise: isStaff && state === 'returned',
    merge: isStaff && state === 'open',
    reject: isStaff && state !== 'submitted',
    withdraw: isStaff,
  }
  return (Object.keys(open) as Action[]).filter((action) => open[action] && steps.includes(action))
}

const words = (action: Action, { state }: DeskWish): string => {
  if (action === 'assign') return state === 'open' ? '交给一家单位办' : '改由别的单位接手'
  return {
    extend: '延期',
    release: '退回心愿墙',
    confirm: '代为确认办到',
    reopen: '没有办到，退回单位继续办',
    revise: '代为修改',
    merge: '并入另一个',
    reject: '不通过，撤下',
    withdraw: '代许愿人撤回',
  }[action]
}

interface Props {
  district: string
  wish: DeskWish
  say(words: string): void
}

export function WishActions({ district, wish, say }: Props) {
  const permitted = usePermitted()
  const [action, setAction] = useState<Action>()
  const [said, setSaid] = useState('')
  const work = useWishWork(district)
  const place = useKeptFocus<HTMLElement>()
  const actions = actionsFor(wish, permitted)
  const put = (words: string) => {
    setSaid(words)
    say(words && `${wish.number} 号：${words}`)
  }
  const open = (next: Action | undefined) => {
    work.forget()
    put('')
    setAction(next)
  }
  const isWaiting = wish.state === 'submitted' && permitted.may(moderateWish)
  return (
    <section ref={place} tabIndex={-1} aria-label="可以办的" className="wish-actions">
      <p role="status" className="wish-said">
        {said}
      </p>
      {isWaiting && (
        <p>
          还没有审核，请到<Link to="/wishes/queue">审核</Link>里办。
        </p>
      )}
      {action && actions.includes(action) ? (
        <WishAsks
          {...{ district, wish, action, work }}
          close={() => open(undefined)}
          finish={(words) => {
            setAction(undefined)
            put(words)
          }}
        />
      ) : (
        actions.length > 0 && (
          <div className="actions">
            {actions.map((each) => (
              <Button key={each} danger={each === 'reject'} onClick={() => open(each)}>
                {words(each, wish)}
              </Button>
            ))}
          </div>
        )
      )}
    </section>
  )
}
