import type { Static } from 'typebox'
import type { readHistory } from '../../shared/wishes/desk-api.ts'
import type { Db } from '../db/database.ts'
import { nameOf } from '../people/me.ts'
import type { StoredPerson } from '../people/queries.ts'
import type { Secrets } from '../platform/secrets.ts'
import { stepsOf } from './moderation-queries.ts'
import type { Of } from './queries.ts'

type History = Static<(typeof readHistory.responses)[200]>
type Taken = Awaited<ReturnType<typeof stepsOf>>[number]

/** Every step of a wish, with the names of staff and organisations; a wisher has none here. */
export async function historyOf(db: Db, secrets: Secrets, of: Of): Promise<History> {
  return (await stepsOf(db, of)).map((taken) => ({
    ...{ at: taken.at.toISOString(), step: taken.step, from: taken.from_state, to: taken.to_state },
    ...{ by: nameOfActor(taken, secrets, of.districtId), reason: taken.reason },
  }))
}

function nameOfActor(
  { role, actor, sponsor, person, name, kind }: Taken,
  secrets: Secrets,
  districtId: number,
): string {
  if (role === 'clock') return '系统'
  if (role === 'wisher') return '许愿人'
  if (role === 'sponsor') return sponsor ?? '共建单位'
  if (actor === 'key') return '持工作密钥的人'
  if (person === null || name === null || kind === 'erased') return '已注销的工作人员'
  return nameOf(secrets, { district_id: districtId, id: person, name } as StoredPerson)
}
