import { Checkbox, Input, Radio } from 'antd'
import { costNames, costs, HARDSHIP, kindNames, kinds, MOST_WISH_LENGTH } from '../../shared/wishes/kinds.ts'
import { Labelled, WordsField } from '../kit/labelled.tsx'
import { today } from './days.ts'
import type { Choices } from './desk-post.tsx'
import type { Draft } from './desk-post-draft.ts'
import { PostPlace } from './desk-post-place.tsx'

export interface PostProps {
  district: string
  choices: Choices
  draft: Draft
  change(more: Partial<Draft>): void
}

/** What is written down of a wish and of who wishes. */
export function PostFields(props: PostProps) {
  const { draft, change } = props
  return (
    <>
      <h2>心愿</h2>
      <Picked
        legend="哪一类"
        value={draft.kind}
        options={kinds.map((value) => ({ value, label: kindNames[value] }))}
        choose={(kind) => change({ kind })}
      />
      <Labelled label={`写下心愿（${[...draft.text].length}/${MOST_WISH_LENGTH} 字，不要写姓名和电话）`}>
        {(id) => (
          <Input.TextArea
            id={id}
            className="grows"
            rows={3}
            maxLength={400}
            value={draft.text}
            onChange={({ target }) => change({ text: target.value })}
          />
        )}
      </Labelled>
      <PostPlace {...props} />
      <Picked
        legend="大概要花多少钱"
        value={draft.cost}
        options={costs.map((value) => ({ value, label: costNames[value] }))}
        choose={(cost) => change({ cost })}
      />
      <div className="fields">
        <Labelled label="希望哪天前实现（可不填）">
          {(id) => (
            <Input
              id={id}
              type="date"
              min={today()}
              value={draft.neededBy}
              onChange={({ target }) => change({ neededBy: target.value })}
            />
          )}
        </Labelled>
        <PhotoField photo={draft.photo} choose={(photo) => change({ photo })} />
      </div>
      <Wisher draft={draft} change={change} />
    </>
  )
}

interface PickedProps<V extends string> {
  legend: string
  value: V | undefined
  options: { value: V; label: string }[]
  choose(value: V): void
}

function Picked<V extends string>({ legend, value, options, choose }: PickedProps<V>) {
  return (
    <fieldset className="wish-picked">
      <legend>{legend}</legend>
      <Radio.Group value={value} options={options} onChange={({ target }) => choose(target.value)} />
    </fieldset>
  )
}

function PhotoField({ photo, choose }: { photo: File | undefined; choose(photo: File | undefined): void }) {
  return (
    <div className="labelled">
      <span className="wish-file-label">照片（可不选，会缩小并去掉拍摄地点）</span>
      <span className="wish-file">
        <label className="wish-choose">
          {photo ? '换一张' : '选一张照片'}
          <input
            className="unseen"
            type="file"
            accept="image/jpeg,image/png,image/webp"
            onChange={({ target }) => choose(target.files?.[0] ?? photo)}
          />
        </label>
        {photo && (
          <>
            <span>{photo.name}</span>
            <button type="button" className="link" onClick={() => choose(undefined)}>
              去掉
            </button>
          </>
        )}
      </span>
    </div>
  )
}

function Wisher({ draft, change }: Pick<PostProps, 'draft' | 'change'>) {
  return (
    <>
      <h2>许愿人</h2>
      <div className="fields">
        <WordsField label="姓名（可不填）" maxLength={40} value={draft.name} change={(name) => change({ name })} />
        <WordsField label="联系电话" maxLength={40} value={draft.contact} change={(contact) => change({ contact })} />
      </div>
      <p className="under">
        办理的单位靠这个电话联系；本人没有的，可以填社区的。姓名和电话加密保存，每次查看都有记录，心愿办结后删去。
      </p>
      <div className="wish-checks">
        <Checkbox checked={draft.hardship} onChange={({ target }) => change({ hardship: target.checked })}>
          {HARDSHIP}：姓名隐去，办理的单位也看不到全名
        </Checkbox>
        <Checkbox checked={draft.publish} onChange={({ target }) => change({ publish: target.checked })}>
          本人同意办结后公开（隐去姓名）
        </Checkbox>
      </div>
    </>
  )
}
