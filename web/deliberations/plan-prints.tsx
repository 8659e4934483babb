import { Button } from 'antd'
import { useId, useState } from 'react'
import { type Planned, printSheet, type prints } from '../../shared/deliberations/api.ts'
import { fetched } from '../kit/fetched.ts'
import { PlanFaults } from './plan-faults.tsx'
import { faultsOf } from './plan-words.ts'
import type { PlanParams } from './use-plan.ts'

type Sheet = (typeof prints)[number]

/** What is printed before people come. */
export function PlanPrints({ params, planned }: { params: PlanParams; planned: Planned }) {
  const [busy, setBusy] = useState<Sheet>()
  const [faults, setFaults] = useState<string[]>([])
  const [said, setSaid] = useState('')
  const id = useId()
  const { seats } = planned.plan
  const print = async (sheet: Sheet) => {
    setBusy(sheet)
    setFaults([])
    await fetched(printSheet, { ...params, sheet }).then(
      (name) => setSaid(`已下载“${name}”`),
      (error: unknown) => setFaults(faultsOf(error)),
    )
    setBusy(undefined)
  }
  const button = (sheet: Sheet, words: string) => (
    <Button onClick={() => print(sheet)} loading={busy === sheet} disabled={busy !== undefined && busy !== sheet}>
      {words}
    </Button>
  )
  return (
    <section className="plan-part" aria-labelledby={id}>
      <h2 id={id}>打印</h2>
      <p className="under">都是 A4 PDF。二维码和房间号不会变，改了名称、时间、地点要重新打印。</p>
      <PlanFaults faults={faults} />
      <div className="actions">
        {button('poster', '海报')}
        {button('tables', '桌卡（一版四张）')}
        {seats > 0 && button('seats', `座位卡（${seats}张，一版八张）`)}
        <span role="status">{said}</span>
      </div>
    </section>
  )
}
