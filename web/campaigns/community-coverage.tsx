import { useMemo } from 'react'
import { type AgeBand, type CommunityCoverage, listContacts, listSlips, setQuotas } from '../../shared/campaigns/api.ts'
import { byDay } from '../../shared/campaigns/sums.ts'
import { serverNow } from '../api/server-clock.ts'
import { usePermitted } from '../kit/permitted.tsx'
import { CellTable } from './cell-table.tsx'
import { Contacts } from './contacts.tsx'
import { DaysTable } from './days-table.tsx'
import { SlipOrders } from './slip-orders.tsx'
import { Sparkline } from './sparkline.tsx'
import { lastDays } from './words.ts'
import './campaigns.css'

interface Props {
  params: { district: string; survey: string; community: string }
  name: string
  coverage: CommunityCoverage
  bands: AgeBand[]
  deff: number | null
  /** The board is to be asked again. */
  changed(): void
}

const DAYS = 30

/** One community: age bands by channels, its visits, its slips and its days. */
export function CommunityBoard({ params, name, coverage, bands, deff, changed }: Props) {
  const { may } = usePermitted()
  const days = useMemo(() => lastDays(DAYS, serverNow().getTime()), [])
  const perDay = useMemo(() => byDay([coverage], days), [coverage, days])
  return (
    <>
      <h2>各年龄段、各渠道</h2>
      <CellTable {...{ params, coverage, bands, deff, changed }} mayChange={may(setQuotas)} />
      {may(listContacts) && <Contacts {...{ params, coverage, changed }} />}
      {may(listSlips) && <SlipOrders {...{ params, coverage, changed }} />}
      <h2>每天收到的答卷</h2>
      <Sparkline days={days} counts={perDay} />
      <DaysTable rows={[{ code: params.community, name, perDay }]} days={days} />
    </>
  )
}
