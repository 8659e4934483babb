import { Button, Input } from 'antd'
import { CLOSING, OPENING } from '../../shared/deliberations/minutes.ts'
import type { MinutesTexts } from '../../shared/deliberations/minutes-api.ts'
import type { RoomItem } from '../../shared/deliberations/room.ts'
import { Labelled } from '../kit/labelled.tsx'
import { textIn } from './use-minutes.ts'
import './plan.css'

interface Props {
  items: RoomItem[]
  /** As they are saved, by whomever. */
  stored: MinutesTexts
  /** As they are being written here. */
  texts: MinutesTexts
  isChanged: boolean
  /** Sections that somebody else has saved otherwise meanwhile. */
  clashes: string[]
  isBusy: boolean
  write(section: string, text: string): void
  save(): void
}

/** What the secretary says in their own words; everything else comes from the record. */
export function MinutesForm({ items, stored, texts, isChanged, clashes, isBusy, write, save }: Props) {
  const sections = [
    { id: OPENING, label: '开头', hint: '参加的单位、会议的由来' },
    ...items.map(({ id, title }) => ({ id, label: title, hint: '讨论的经过和大家的主要看法' })),
    { id: CLOSING, label: '其他事项', hint: '下一次什么时候开、还要说明的事' },
  ]
  return (
    <form
      className="panel"
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <h2>自己要写的话</h2>
      <p className="note">人数、意见、表决和跟进事项已按记录写好。没有同意公开姓名的人，请不要在这里写出来。</p>
      {sections.map(({ id, label, hint }) => (
        <Section
          key={id}
          {...{ label, hint }}
          text={textIn(texts, id)}
          theirs={clashes.includes(id) ? textIn(stored, id) : undefined}
          write={(text) => write(id, text)}
        />
      ))}
      <div className="actions">
        <Button type="primary" htmlType="submit" disabled={!isChanged} loading={isBusy}>
          保存
        </Button>
        <span className="note" role="status">
          {isChanged ? '有改动还没有保存' : '都已保存'}
        </span>
      </div>
    </form>
  )
}

interface SectionProps {
  label: string
  hint: string
  text: string
  /** What somebody else has saved meanwhile. */
  theirs?: string
  write(text: string): void
}

function Section({ label, hint, text, theirs, write }: SectionProps) {
  const differs = theirs !== undefined && theirs !== text
  return (
    <>
      <Labelled label={label}>
        {(id) => (
          <Input.TextArea
            id={id}
            value={text}
            placeholder={hint}
            maxLength={5_000}
            className="grows"
            rows={3}
            onChange={({ target }) => write(target.value)}
          />
        )}
      </Labelled>
      {differs && (
        <div className="theirs">
          <p className="note">别人刚才保存的是：</p>
          <p>{theirs === '' ? '（没有写）' : theirs}</p>
          <button type="button" className="small" onClick={() => write(theirs)}>
            改用这一段
          </button>
        </div>
      )}
    </>
  )
}
