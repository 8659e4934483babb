import { isNight } from '../../shared/quality/senders.ts'
import type { Sign } from '../../shared/quality/signs.ts'
import { LEAST_OTHERS, nobodyTold, type Told, toldTogether, workerSign } from '../../shared/quality/workers.ts'
import { signals } from '../../shared/surveys/signals.ts'
import type { TallyPlan } from '../../shared/surveys/tally-plan.ts'
import type { Db } from '../db/database.ts'
import { communities } from '../places/queries.ts'
import type { Answer } from './answers.ts'
import { saveWorkerSum, type WorkerSum, workerSums } from './store.ts'

/** Visits of which it is not known who made them are compared with, and not judged. */
const UNKNOWN = '00000000-0000-0000-0000-000000000000'

export interface Verdict {
  worker: string
  sign?: Sign
}

interface SurveyVersion {
  survey: string
  version: number
}

/** Adds these visits, of one survey version, to what their workers were told, and judges all workers anew. */
export async function judgeWorkers(
  db: Db,
  districtId: number,
  of: SurveyVersion,
  plan: TallyPlan,
  visits: Answer[],
): Promise<Verdict[]> {
  const sums = await workerSums(db, districtId, of)
  const byKey = new Map(sums.map((sum) => [`${sum.worker} ${sum.community}`, sum]))
  const changed = new Set<string>()
  for (const visit of visits) {
    const worker = visit.worker ?? UNKNOWN
    const key = `${worker} ${visit.community}`
    const before = byKey.get(key) ?? { worker, community: visit.community, ...nobodyTold }
    byKey.set(key, { ...before, ...toldTogether(before, toldBy(visit, plan)) })
    changed.add(key)
  }
  for (const key of [...changed].sort()) await saveWorkerSum(db, districtId, of, byKey.get(key)!)
  return await verdicts(db, districtId, [...byKey.values()])
}

function toldBy({ answers, startedAt }: Answer, plan: TallyPlan): Told {
  const counts = new Array<number>(plan.indicators).fill(0)
  for (const at of signals(plan, answers).hits) if (at >= 1 && at <= plan.indicators) counts[at - 1] = 1
  return { n: 1, nights: isNight(startedAt.getTime()) ? 1 : 0, counts }
}

/** What is known of the workers of a survey version as it stands. */
export async function knownVerdicts(db: Db, districtId: number, of: SurveyVersion): Promise<Verdict[]> {
  return await verdicts(db, districtId, await workerSums(db, districtId, of))
}

async function verdicts(db: Db, districtId: number, sums: WorkerSum[]): Promise<Verdict[]> {
  const kinds = new Map((await communities(db, districtId)).map(({ code, kind }) => [code, kind]))
  const workers = new Set(sums.map(({ worker }) => worker).filter((worker) => worker !== UNKNOWN))
  return [...workers].map((worker) => {
    const own = sums.filter((sum) => sum.worker === worker)
    return { worker, sign: workerSign(together(own), comparable(own, sums, kinds)) }
  })
}

const together = (sums: WorkerSum[]): Told => sums.reduce<Told>(toldTogether, nobodyTold)

/** Others in the same communities; where they are too few, in communities of the same kind; else everywhere. */
function comparable(own: WorkerSum[], all: WorkerSum[], kinds: Map<string, string>): Told {
  const [{ worker }] = own as [WorkerSum]
  const others = all.filter((sum) => sum.worker !== worker)
  const places = new Set(own.map(({ community }) => community))
  const ownKinds = new Set([...places].map((code) => kinds.get(code)))
  const circles = [
    ({ community }: WorkerSum) => places.has(community),
    ({ community }: WorkerSum) => ownKinds.has(kinds.get(community)),
    () => true,
  ]
  for (const isNear of circles) {
    const told = together(others.filter(isNear))
    if (told.n >= LEAST_OTHERS) return told
  }
  return nobodyTold
}
