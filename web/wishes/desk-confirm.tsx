import { Checkbox, Input, Radio } from 'antd'
import { useState } from 'react'
import type { DeskWish } from '../../shared/wishes/desk-api.ts'
import { CONFIRM_DAYS, MOST_THANKS_LENGTH } from '../../shared/wishes/kinds.ts'
import { Labelled } from '../kit/labelled.tsx'
import { ReasonForm } from './desk-reason.tsx'

/** What the wisher said, as whoever confirms for them was told. */
export interface Heard {
  reason?: string
  thanks?: string
  rating?: number
  publish?: boolean
}

interface Props {
  wish: DeskWish
  busy: boolean
  refused?: string
  confirm(heard: Heard): void
  cancel(): void
}

/** Confirms for the wisher, with their thanks and their rating where they gave any. */
export function ConfirmForm({ wish, busy, refused, confirm, cancel }: Props) {
  const [thanks, setThanks] = useState('')
  const [rating, setRating] = useState<number>()
  const [publish, setPublish] = useState(wish.publish)
  return (
    <ReasonForm
      label={`代为确认的依据：许愿人托您的，请写明；交凭证满 ${CONFIRM_DAYS} 天没有回音的，可以不写`}
      phrases={['已打电话问过许愿人，确实办到了', '许愿人当面说办到了', '工作人员在现场看到已经办到']}
      isOptional
      button="确认办到"
      {...{ busy, refused, cancel }}
      send={(reason) =>
        confirm({
          ...(reason && { reason }),
          ...(thanks.trim() && { thanks: thanks.trim() }),
          ...(rating && { rating }),
          ...(publish !== wish.publish && { publish }),
        })
      }
    >
      <p className="under">许愿人说了感谢的话、打了分，请照原话记下；没有说的不填。</p>
      <Labelled label="感谢的话（可不填）">
        {(id) => (
          <Input
            id={id}
            autoFocus
            maxLength={MOST_THANKS_LENGTH}
            value={thanks}
            onChange={({ target }) => setThanks(target.value)}
          />
        )}
      </Labelled>
      <fieldset className="wish-picked">
        <legend>打几分（可不填）</legend>
        <Radio.Group
          value={rating}
          options={[1, 2, 3, 4, 5].map((value) => ({ value, label: `${value} 分` }))}
          onChange={({ target }) => setRating(target.value)}
        />
      </fieldset>
      <div className="wish-checks">
        <Checkbox checked={publish} onChange={({ target }) => setPublish(target.checked)}>
          许愿人同意公开（隐去姓名）
        </Checkbox>
      </div>
    </ReasonForm>
  )
}
