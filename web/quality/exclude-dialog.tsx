import { Input, Modal, Radio } from 'antd'
import { useState } from 'react'

const OTHER = '其他'

interface Props {
  /** How many answers. */
  n: number
  reasons: string[]
  exclude(reason: string): void
  cancel(): void
}

/** Asks why. The first reason fits best, so that Enter is enough. */
export function ExcludeDialog({ n, reasons, exclude, cancel }: Props) {
  const [chosen, setChosen] = useState(reasons[0]!)
  const [own, setOwn] = useState('')
  const reason = chosen === OTHER ? own.trim() : chosen
  return (
    <Modal
      open
      title={n === 1 ? '排除这份答卷，理由是' : `排除这${n}份答卷，理由是`}
      okText="排除"
      cancelText="不排除"
      okButtonProps={{ disabled: reason === '', autoFocus: true }}
      onOk={() => exclude(reason)}
      onCancel={cancel}
    >
      <Radio.Group
        className="reasons"
        value={chosen}
        onChange={({ target }) => setChosen(target.value)}
        options={[...reasons, OTHER].map((value) => ({ value, label: value }))}
        aria-label="排除的理由"
      />
      {chosen === OTHER && (
        <Input
          aria-label="写明理由"
          maxLength={200}
          value={own}
          onChange={({ target }) => setOwn(target.value)}
          onPressEnter={() => reason !== '' && exclude(reason)}
        />
      )}
      <p className="under">排除后不计入统计，答卷不删除，理由会记入审计；随时可以改回。</p>
    </Modal>
  )
}
