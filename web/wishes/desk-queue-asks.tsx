import { Button } from 'antd'
import type { DeskWish } from '../../shared/wishes/desk-api.ts'
import { Refusal } from '../kit/refusal.tsx'
import { TextEdit } from './desk-edit.tsx'
import type { Piece } from './desk-masking.ts'
import { MergeForm } from './desk-merge.tsx'
import type { Verdict } from './desk-queue.tsx'
import type { Asking } from './desk-queue-card.tsx'
import { ReasonForm } from './desk-reason.tsx'
import { flagNames, rejections } from './desk-words.ts'

interface Props {
  district: string
  wish: DeskWish
  asking: Asking
  /** What was marked and still stands in the text. */
  left: Piece[]
  shown: string
  busy: boolean
  refused?: string
  decide(verdict: Verdict): void
  approve(): void
  mask(): void
  put(text: string): void
  close(): void
}

const changes = [
  '请把心愿说得更具体一些：要什么、多少、什么时候用',
  '请不要在心愿里写姓名和电话，联系方式另外填写',
  '请写清楚地点：哪个小区、哪一段路',
  '费用较高，请改成小一些的心愿，或分成几个',
]

/** Asks, in the place of the buttons, for what is still to be known. */
export function QueueAsks(props: Props) {
  const { district, wish, asking, left, shown, busy, refused, decide, approve, mask, put, close } = props
  const common = { busy, refused, cancel: close }
  switch (asking.what) {
    case 'return':
      return (
        <ReasonForm
          {...common}
          label="请许愿人改什么（许愿人会看到）"
          phrases={changes}
          button="请修改"
          send={(reason) => decide({ decision: 'return', reason })}
        />
      )
    case 'reject':
      return (
        <ReasonForm
          {...common}
          label="不通过的理由（许愿人会看到）"
          phrases={rejections}
          button="不通过"
          send={(reason) => decide({ decision: 'reject', reason })}
        />
      )
    case 'merge':
      return (
        <MergeForm
          {...{ district, wish, ...common }}
          merge={(into, reason) => decide({ decision: 'merge', into, ...(reason && { reason }) })}
        />
      )
    case 'edit':
      return (
        <TextEdit
          text={shown}
          cancel={close}
          save={(text) => {
            put(text)
            close()
          }}
        />
      )
    case 'flags':
      return (
        <div className="wish-asks" role="alert">
          <p>
            文字里还有{left.map(({ text, flag }) => `“${text}”（${flagNames[flag!]}）`).join('、')}
            ，通过后大家都看得到。
          </p>
          {refused && <Refusal message={refused} />}
          <div className="actions">
            <Button
              autoFocus
              type="primary"
              onClick={() => {
                mask()
                close()
              }}
            >
              先遮去，看一眼再通过
            </Button>
            <Button disabled={busy} onClick={approve}>
              不用遮，就这样公开
            </Button>
            <Button onClick={close}>取消</Button>
          </div>
        </div>
      )
  }
}
