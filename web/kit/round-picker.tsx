import { Select } from 'antd'

interface Props {
  id: string
  /** Oldest first. */
  rounds: number[]
  /** As calls name it: a number, `all`, or an empty text for the newest. */
  value: string
  change(round: string): void
}

/** Of which round answers are shown; there is nothing to choose where there was only one. */
export function RoundPicker({ id, rounds, value, change }: Props) {
  const [newest, ...earlier] = [...rounds].reverse()
  if (earlier.length === 0) return null
  const options = [
    { value: '', label: `本轮新增（第${newest}轮）` },
    ...earlier.map((round) => ({ value: String(round), label: `第${round}轮` })),
    { value: 'all', label: '全部轮次' },
  ]
  return (
    <label htmlFor={id}>
      轮次
      <Select id={id} popupMatchSelectWidth={false} value={value} options={options} onChange={change} />
    </label>
  )
}
