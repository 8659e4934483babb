import { Button, InputNumber, Select } from 'antd'
import { useRef, useState } from 'react'
import {
  type CommunityCoverage,
  listSlips,
  MOST_SLIPS,
  orderSlips,
  printSlips,
  type SlipBatch,
} from '../../shared/campaigns/api.ts'
import { call } from '../api/call.ts'
import { download } from '../api/download.ts'
import { useAnswer } from '../api/use-answer.ts'
import { randomId } from '../kit/random-id.ts'
import { Refusal } from '../kit/refusal.tsx'
import { saveFile } from '../kit/save-file.ts'
import { Screen } from '../kit/screen-face.tsx'
import { Scroll } from '../kit/scroll.tsx'
import { useDoing } from './use-doing.ts'
import { whole } from './words.ts'

interface Props {
  params: { district: string; survey: string; community: string }
  coverage: CommunityCoverage
  changed(): void
}

interface Compound {
  code: string
  name: string
  households: number
}

/** Household slips: ordered by the batch, printed, and counted as they come back. */
export function SlipOrders({ params, coverage: { slips }, changed }: Props) {
  const seen = useAnswer(listSlips, params)
  const { busy, refused, run } = useDoing()
  const [said, setSaid] = useState('')
  const print = (batch: string) =>
    run(async () => {
      setSaid('正在排版……')
      const { name, blob } = await download(printSlips, { ...params, batch })
      saveFile(name, blob)
      setSaid(`已下载“${name}”，打印时选“实际大小”。`)
    })
  const ordered = async (batch: string) => {
    changed()
    if (seen.face === 'ready') seen.again()
    await print(batch)
  }
  return (
    <section aria-label="入户单">
      <h2>入户单</h2>
      <p className="under">
        每张有自己的二维码和编号，居民扫码答完，就知道交回了多少；上面没有任何个人信息。已发出 {whole(slips.issued)}{' '}
        张，交回 {whole(slips.answered)} 份。
      </p>
      {refused && <Refusal message={refused} />}
      <Screen seen={seen}>
        {({ batches, compounds }) => (
          <>
            <OrderForm {...{ params, compounds, ordered }} />
            <p role="status" className="under">
              {said}
            </p>
            <Batches batches={batches} compounds={compounds} busy={busy} print={print} />
          </>
        )}
      </Screen>
    </section>
  )
}

interface OrderProps {
  params: Props['params']
  compounds: Compound[]
  ordered(batch: string): Promise<void>
}

function OrderForm({ params, compounds, ordered }: OrderProps) {
  const { busy, refused, run } = useDoing()
  const [count, setCount] = useState(40)
  const [compound, setCompound] = useState('')
  const pending = useRef<{ key: string; batch: string }>(undefined)
  const order = () =>
    run(async () => {
      const key = `${count} ${compound}`
      const batch = pending.current?.key === key ? pending.current.batch : randomId()
      pending.current = { key, batch }
      await call(orderSlips, params, { body: { batch, count, ...(compound && { compound }) } })
      pending.current = undefined
      await ordered(batch)
    })
  const options = compounds.map(({ code, name, households }) => ({ value: code, label: `${name}（${households}户）` }))
  return (
    <>
      {refused && <Refusal message={refused} />}
      <div className="one-tap">
        <label htmlFor="slip-count">
          张数
          <InputNumber
            id="slip-count"
            size="large"
            min={1}
            max={MOST_SLIPS}
            precision={0}
            value={count}
            onChange={(value) => setCount(value ?? 1)}
          />
        </label>
        {compounds.length > 0 && (
          <label htmlFor="slip-compound">
            小区
            <Select
              id="slip-compound"
              size="large"
              value={compound}
              options={[{ value: '', label: '整个社区' }, ...options]}
              popupMatchSelectWidth={false}
              onChange={setCompound}
            />
          </label>
        )}
        <Button type="primary" size="large" loading={busy} onClick={order}>
          开一批并下载
        </Button>
      </div>
    </>
  )
}

interface BatchesProps {
  batches: SlipBatch[]
  compounds: Compound[]
  busy: boolean
  print(batch: string): void
}

function Batches({ batches, compounds, busy, print }: BatchesProps) {
  if (batches.length === 0)
    return <p className="note">还没有开过入户单。填好张数，点“开一批并下载”，打印后裁开，入户时留给居民。</p>
  const names = new Map(compounds.map(({ code, name }) => [code, name]))
  return (
    <Scroll label="已开的入户单">
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">开单时间</th>
            <th scope="col">范围</th>
            <th scope="col" className="number">
              交回 / 发出
            </th>
            <th scope="col">再打印</th>
          </tr>
        </thead>
        <tbody>
          {batches.map(({ batch, compound, issuedAt, issued, answered }) => (
            <tr key={batch}>
              <th scope="row">
                {new Date(issuedAt).toLocaleString('zh-CN', {
                  timeZone: 'Asia/Shanghai',
                  dateStyle: 'medium',
                  timeStyle: 'short',
                })}
              </th>
              <td>{compound === null ? '整个社区' : (names.get(compound) ?? compound)}</td>
              <td className="number">
                {whole(answered)} / {whole(issued)}
              </td>
              <td>
                <Button size="small" disabled={busy} onClick={() => print(batch)}>
                  下载 PDF
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}
