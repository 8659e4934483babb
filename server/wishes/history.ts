import type { Static } from 'typebox'
import type { readHistory } from '../../shared/wishes/desk-api.ts'
import type { Db } from '../db/database.ts'
import { nameOf } from '../people/me.ts'
import { person } from '../people/queries.ts'
import type { Secrets } from '../platform/secrets.ts'
import { stepsOf } from './moderation-queries.ts'
import type { Of } from './queries.ts'

type History = Static<(typeof readHistory.responses)[200]>
type Taken = Awaited<ReturnType<typeof stepsOf>>[number]

/** Every step of a wish, with the names of staff and organisations; a wisher has none here. */
export async function historyOf(db: Db, secrets: Secrets, of: Of): Promise<History> {
  const taken = await stepsOf(db, of)
  const names = await namesOf(db, secrets, of.districtId, taken)
  return taken.map((one) => ({
    ...{ at: one.at.toISOString(), step: one.step, from: one.from_state, to: one.to_state },
    ...{ by: byWhom(one, names), reason: one.reason },
  }))
}

const isPerson = (actor: string): boolean => /^[0-9a-f-]{36}$/.test(actor)

/** Of staff who took a step and still have an account. */
async function namesOf(db: Db, secrets: Secrets, districtId: number, taken: Taken[]): Promise<Map<string, string>> {
  const actors = new Set(taken.flatMap(({ role, actor }) => (role === 'staff' && isPerson(actor) ? actor : [])))
  const names = new Map<string, string>()
  for (const actor of actors) {
    const found = await person(db, districtId, actor)
    if (found && found.kind !== 'erased') names.set(actor, nameOf(secrets, found))
  }
  return names
}

function byWhom({ role, actor, sponsor }: Taken, names: Map<string, string>): string {
  if (role === 'clock') return '系统'
  if (role === 'wisher') return '许愿人'
  if (role === 'sponsor') return sponsor ?? '共建单位'
  return actor === 'key' ? '持工作密钥的人' : (names.get(actor) ?? '已注销的工作人员')
}
