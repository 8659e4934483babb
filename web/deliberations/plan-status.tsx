import { Button } from 'antd'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { type Planned, setStatus } from '../../shared/deliberations/api.ts'
import { call } from '../api/call.ts'
import { usePermitted } from '../kit/permitted.tsx'
import { PlanFaults } from './plan-faults.tsx'
import { faultsOf, statusWords } from './plan-words.ts'
import type { PlanParams } from './use-plan.ts'

interface Props {
  params: PlanParams
  planned: Planned
  isChanged: boolean
  put(planned: Planned): Promise<void>
}

/** How far it is, the number of the room, and the next step. */
export function PlanStatus({ params, planned, isChanged, put }: Props) {
  const { may } = usePermitted()
  const navigate = useNavigate()
  const [faults, setFaults] = useState<string[]>([])
  const { status, plan, code } = planned
  const isOnline = plan.kind === 'consultation'
  const turn = async (to: 'open' | 'closed') => {
    setFaults([])
    try {
      await put(await call(setStatus, params, { body: { status: to } }))
      if (to === 'open' && !isOnline) await navigate(`/deliberations/${params.deliberation}/room`)
    } catch (error) {
      setFaults(faultsOf(error))
    }
  }
  return (
    <>
      <h1>{plan.title}</h1>
      <div className="plan-head">
        <p>{statusWords(plan.kind, status)}</p>
        <p>
          房间号 <span className="plan-code">{code}</span>
        </p>
        {may(setStatus) && status !== 'open' && (
          <Button type={status === 'planned' ? 'primary' : 'default'} disabled={isChanged} onClick={() => turn('open')}>
            {status === 'closed' ? '重新开始' : isOnline ? '开始征求意见' : '开始，让居民签到'}
          </Button>
        )}
        {status === 'open' && !isOnline && <Link to={`/deliberations/${params.deliberation}/room`}>去会场</Link>}
        {may(setStatus) && status === 'open' && isOnline && (
          <Button onClick={() => turn('closed')}>结束征求意见</Button>
        )}
        {isChanged && status === 'planned' && <span className="note">先保存改动，再开始。</span>}
      </div>
      <PlanFaults faults={faults} />
    </>
  )
}
