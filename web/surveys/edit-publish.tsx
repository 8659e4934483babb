import { Modal, Radio } from 'antd'
import { useState } from 'react'

interface Props {
  isOpen: boolean
  /** The version that it was made from. */
  base: number | undefined
  isBusy: boolean
  publish(round: 'same' | 'new' | undefined): void
  cancel(): void
}

/** Publishing, asked back with what comes of it. */
export function PublishDialog({ isOpen, base, isBusy, publish, cancel }: Props) {
  const [round, setRound] = useState<'same' | 'new'>('same')
  return (
    <Modal
      open={isOpen}
      title={base === undefined ? '发布这份问卷？' : `发布第 ${base + 1} 版？`}
      okText="发布"
      confirmLoading={isBusy}
      onOk={() => publish(base === undefined ? undefined : round)}
      onCancel={cancel}
    >
      {base === undefined ? (
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
