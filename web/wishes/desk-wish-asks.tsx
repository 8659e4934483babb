import { useRef } from 'react'
import { confirmWish, reviseWish, withdrawWish } from '../../shared/wishes/api.ts'
import { assignWish, extendClaim, releaseClaim } from '../../shared/wishes/claims-api.ts'
import { type DeskWish, moderateWish, reopenWish } from '../../shared/wishes/desk-api.ts'
import { randomId } from '../kit/random-id.ts'
import { AssignForm } from './desk-assign.tsx'
import { ConfirmForm } from './desk-confirm.tsx'
import { MergeForm } from './desk-merge.tsx'
import { ReasonForm } from './desk-reason.tsx'
import { ReviseForm } from './desk-revise.tsx'
import type { Action } from './desk-wish-actions.tsx'
import { rejections } from './desk-words.ts'
import type { WishWork } from './desk-work.ts'

interface Props {
  district: string
  wish: DeskWish
  action: Action
  work: WishWork
  /** Says what was done. */
  finish(words: string): void
  close(): void
}

/** Asks for what an action still needs, and carries it out. */
export function WishAsks({ district, wish, action, work: { work, busy, refused }, finish, close }: Props) {
  const params = { district, wish: wish.id }
  const common = { busy, refused, cancel: close }
  /** The same assignment pressed again counts once. */
  const claim = useRef(randomId())
  const doing = async (done: Promise<unknown>, words: string) => {
    if ((await done) !== undefined) finish(words)
  }
  const decide = (verdict: { decision: 'reject' | 'merge'; reason?: string; into?: string }, words: string) =>
    void doing(work(moderateWish, params, { revision: wish.revision, ...verdict }), words)
  switch (action) {
    case 'assign':
      return (
        <AssignForm
          {...{ district, wish, ...common }}
          assign={(sponsor, name, reason) =>
            void doing(work(assignWish, params, { id: claim.current, sponsor, reason }), `已交给${name}。`)
          }
        />
      )
    case 'extend':
      return (
        <ReasonForm
          {...common}
          label="为什么延期（只能延一次）"
          phrases={['物资还在路上', '与许愿人约了新的时间', '场地需要协调']}
          button="延期"
          send={(reason) => void doing(work(extendClaim, params, { reason }), '已延期。')}
        />
      )
    case 'release':
      return (
        <ReasonForm
          {...common}
          label="为什么退回（办理单位会看到）"
          phrases={['单位说明办不了', '联系不上办理单位', '许愿人要换一家单位']}
          button="退回心愿墙"
          send={(reason) => void doing(work(releaseClaim, params, { reason }), '已退回心愿墙，列入“退回或到期未办”。')}
        />
      )
    case 'confirm':
      return (
        <ConfirmForm
          {...{ wish, ...common }}
          confirm={(heard) => void doing(work(confirmWish, params, { done: true, ...heard }), '已确认，心愿办结。')}
        />
      )
    case 'revise':
      return (
        <ReviseForm
          {...{ wish, ...common }}
          revise={(body) => void doing(work(reviseWish, params, body), '已修改，等着审核。')}
        />
      )
    case 'reopen':
      return (
        <ReasonForm
          {...common}
          label="哪里没有办到（办理单位会看到）"
          phrases={['许愿人没有收到', '与许愿人要的不一样', '照片看不出已经办到，请补拍']}
          button="退回继续办"
          send={(reason) => void doing(work(reopenWish, params, { reason }), '已退回办理单位。')}
        />
      )
    case 'merge':
      return (
        <MergeForm
          {...{ district, wish, ...common }}
          merge={(into, reason) => decide({ decision: 'merge', into, ...(reason && { reason }) }, '已并入。')}
        />
      )
    case 'reject':
      return (
        <ReasonForm
          {...common}
          label="为什么撤下（许愿人会看到）"
          phrases={rejections}
          button="撤下"
          send={(reason) => decide({ decision: 'reject', reason }, '已撤下，理由已告诉许愿人。')}
        />
      )
    case 'withdraw':
      return (
        <ReasonForm
          {...common}
          isOptional
          label="为什么撤回（可不写）"
          phrases={['许愿人说不需要了', '许愿人已经自己解决']}
          button="撤回"
          send={(reason) => void doing(work(withdrawWish, params, reason ? { reason } : {}), '已替许愿人撤回。')}
        />
      )
  }
}
