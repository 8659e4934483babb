import type { Step } from '../../shared/wishes/states.ts'
import type { Db } from '../db/database.ts'
import { endClaim, fallbackSponsors } from './claim-queries.ts'
import type { Ground } from './claims.ts'
import type { StoredClaim, StoredWish } from './queries.ts'
import { type By, takeStep } from './take-step.ts'
import { tellSponsor, tellStaff } from './tell.ts'

interface Ending {
  step: Extract<Step, 'release' | 'expire'>
  by: By
  reason?: string
  /** What the inbox of those who could help says happened. */
  what: string
}

/**
 * Takes a wish, whose row is held, back to the board, where it stands as high as it did before; those who take what nobody
 * else does hear of it.
 */
export async function letGo(
  { house, district }: Pick<Ground, 'house' | 'district'>,
  tx: Db,
  wish: StoredWish,
  live: StoredClaim,
  { step, by, reason, what }: Ending,
  at: Date,
): Promise<void> {
  const districtId = district.id
  const community = wish.community_code
  await endClaim(tx, live, { ended: step === 'release' ? 'released' : 'expired', reason, at })
  const text = `第 ${wish.number} 号心愿${what}，已回到心愿墙，等待认领。`
  for (const id of await fallbackSponsors(tx, districtId, community)) {
    if (id === live.sponsor_id) continue
    const message = { text: `${text}贵单位是这个社区的兜底单位，请看看能不能办。`, link: `/desk/board?wish=${wish.id}` }
    await tellSponsor(house, tx, { districtId, id }, message, at)
  }
  await tellStaff(
    tx,
    { districtId, community },
    { text: `${text}请联系兜底单位，或交给别的单位。`, link: '/desk/wishes/progress?view=fallback' },
    at,
  )
  await takeStep(tx, wish, step, by, at, { fallback: true, ...(reason === undefined ? {} : { reason }) })
}
