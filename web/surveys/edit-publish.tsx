import { Checkbox, Modal, Radio } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import type { DraftRead } from '../../shared/surveys/drafts-api.ts'

/** How a draft is to be published. */
export interface Publication {
  round?: 'same' | 'new'
  /** The published version that was looked at, where it is not the one that the draft was made from. */
  over?: number
}

interface Props {
  isOpen: boolean
  draft: DraftRead
  isBusy: boolean
  publish(publication: Publication): void
  cancel(): void
}

/** Publishing, asked back with what comes of it. */
export function PublishDialog({ isOpen, draft, isBusy, publish, cancel }: Props) {
  const { survey, base, current } = draft
  const [round, setRound] = useState<'same' | 'new'>('same')
  const [looked, setLooked] = useState<number>()
  const isMoved = current !== undefined && current !== base
  return (
    <Modal
      open={isOpen}
      title={current === undefined ? '发布这份问卷？' : `发布第 ${current + 1} 版？`}
      okText="发布"
      okButtonProps={{ disabled: isMoved && looked !== current }}
      confirmLoading={isBusy}
      onOk={() => publish({ ...(current !== undefined && { round }), ...(isMoved && { over: current }) })}
      onCancel={cancel}
    >
      {isMoved && (
        <>
          <p role="alert">
            {base === undefined ? '这份草稿开始以后' : `这份草稿是照第 ${base} 版改的，之后`}
            已经有人发布了第 {current} 版。照现在这样发布，对方改的地方会被草稿盖掉。请先到
            <Link to={`/surveys/${survey}/rounds`}>轮次与版本</Link>
            看看两边差在哪里；也可以取消，丢弃草稿，从第 {current} 版改起。
          </p>
          <Checkbox
            checked={looked === current}
            onChange={({ target }) => setLooked(target.checked ? current : undefined)}
          >
            我看过第 {current} 版，仍用这份草稿
          </Checkbox>
        </>
      )}
      {current === undefined ? (
        <p>发布后马上开放，每个社区各有一个短码和二维码。要定日子开放，发布后在问卷列表里点“时间”。</p>
      ) : (
        <>
          <p>居民再打开时就是新的一版，正在填的内容会带过去。以前的版本和答卷都留着。</p>
          <Radio.Group
            aria-label="轮次"
            value={round}
            onChange={({ target }) => setRound(target.value)}
            options={[
              { value: 'same', label: '还是这一轮调查，口径没变的题接着算' },
              { value: 'new', label: '开始新一轮调查，从零算起' },
            ]}
          />
        </>
      )}
      <p>发布后这一版不能再改；要改，就再发布下一版。</p>
    </Modal>
  )
}
