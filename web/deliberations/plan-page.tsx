import { useState } from 'react'
import { useNavigate } from 'react-router'
import { changePlan, type Plan, type Planned, planDeliberation, readPlan } from '../../shared/deliberations/api.ts'
import type { Kind } from '../../shared/deliberations/kinds.ts'
import { type Community, listCommunities } from '../../shared/places/api.ts'
import { call } from '../api/call.ts'
import { serverNow } from '../api/server-clock.ts'
import { together, useAnswer } from '../api/use-answer.ts'
import { usePermitted } from '../kit/permitted.tsx'
import { randomId } from '../kit/random-id.ts'
import { Screen } from '../kit/screen-face.tsx'
import { PlanDocuments } from './plan-documents.tsx'
import { freshPlan, turned } from './plan-draft.ts'
import { PlanForm } from './plan-form.tsx'
import { PlanPrints } from './plan-prints.tsx'
import { PlanRead } from './plan-read.tsx'
import { PlanRoster } from './plan-roster.tsx'
import { PlanStatus } from './plan-status.tsx'
import { faultsOf } from './plan-words.ts'
import { type PlanParams, usePutPlan } from './use-plan.ts'

interface Data {
  planned: Planned
  places: { communities: Community[] }
}

/** One deliberation as it is prepared. */
export function PlanPage({ district, deliberation }: PlanParams) {
  const params = { district, deliberation }
  const { may } = usePermitted()
  const seen = together<Data>({
    planned: useAnswer(readPlan, params),
    places: useAnswer(listCommunities, { district }),
  })
  return (
    <Screen seen={seen}>
      {({ planned, places }) =>
        may(changePlan) ? (
          <Prepared key={planned.id} params={params} planned={planned} communities={places.communities} />
        ) : (
          <PlanRead params={params} planned={planned} />
        )
      }
    </Screen>
  )
}

interface PreparedProps {
  params: PlanParams
  planned: Planned
  communities: Community[]
}

function Prepared({ params, planned, communities }: PreparedProps) {
  const put = usePutPlan(params.district)
  const [revision, setRevision] = useState(planned.revision)
  const written = useWritten(planned.plan, communities, async (plan) => {
    const now = await call(changePlan, params, { body: { revision, plan } })
    setRevision(now.revision)
    void put(now)
    return now.plan
  })
  return (
    <>
      <PlanStatus params={params} planned={planned} isChanged={written.isChanged} put={put} />
      <PlanForm
        {...written}
        district={params.district}
        communities={communities}
        isFixed={planned.status !== 'planned'}
      />
      {planned.plan.kind !== 'consultation' && <PlanRoster params={params} planned={planned} put={put} />}
      <PlanDocuments params={params} planned={planned} put={put} />
      <PlanPrints params={params} planned={planned} />
    </>
  )
}

/** A deliberation that is not saved yet. */
export function NewPlanPage({ district }: { district: string }) {
  const seen = useAnswer(listCommunities, { district })
  return (
    <Screen seen={seen}>
      {({ communities: [first, ...rest] }) =>
        first ? (
          <NewPlan district={district} communities={[first, ...rest]} />
        ) : (
          <p className="panel">您负责的范围里还没有社区。请先请本区管理员导入社区，再来筹备。</p>
        )
      }
    </Screen>
  )
}

function NewPlan({ district, communities }: { district: string; communities: [Community, ...Community[]] }) {
  const put = usePutPlan(district)
  const navigate = useNavigate()
  const [id] = useState(randomId)
  const [fresh] = useState(() => freshPlan('forum', communities[0], serverNow()))
  const written = useWritten(fresh, communities, async (plan) => {
    const now = await call(planDeliberation, { district }, { body: { id, community: plan.community, plan } })
    await put(now)
    await navigate(`/deliberations/${now.id}/plan`, { replace: true })
    return now.plan
  })
  return (
    <>
      <h1>筹备议事会</h1>
      <p className="under">先选种类，议程会按惯常的来；改好后保存，再打印海报、贴出去。</p>
      <PlanForm {...written} isChanged={false} district={district} communities={communities} isFixed={false} />
    </>
  )
}

/** What stands in the form, and how it is saved. */
function useWritten(saved: Plan, communities: Community[], send: (plan: Plan) => Promise<Plan>) {
  const [plan, setPlan] = useState(saved)
  const [isChanged, setChanged] = useState(false)
  const [faults, setFaults] = useState<string[]>([])
  const [isBusy, setBusy] = useState(false)
  const named = (code: string) => communities.find((one) => one.code === code) ?? { code, name: code }
  const write = (next: Plan) => {
    setPlan(next)
    setChanged(true)
  }
  const save = async () => {
    setBusy(true)
    setFaults([])
    try {
      setPlan(await send(plan))
      setChanged(false)
    } catch (error) {
      setFaults(faultsOf(error))
    }
    setBusy(false)
  }
  const turn = ({ kind, community }: { kind?: Kind; community?: string }) => {
    const place = community === undefined ? undefined : named(community)
    write(turned(plan, { kind, community: place }, named(plan.community), serverNow()))
  }
  const change = (more: Partial<Plan>) => write({ ...plan, ...more })
  return { plan, isChanged, faults, isBusy, save, turn, change }
}
