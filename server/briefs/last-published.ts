import type { Said } from '../../shared/briefs/facts.ts'
import { type Carrier, carry } from '../../shared/surveys/carry.ts'
import type { Db } from '../db/database.ts'
import type { Counting } from '../surveys/tally-queries.ts'
import type { Kept } from './behind.ts'
import { type PublishedFigures, publishedFigures } from './queries.ts'

/** What has been published last of a community: under this version, or under the newest one before whose series it goes on with. */
export async function lastPublished(
  db: Db,
  { districtId, survey, version, carried }: Counting,
  community: string,
): Promise<PublishedFigures | undefined> {
  const own = await publishedFigures(db, districtId, { survey, version, community })
  if (own) return own
  for (const carrier of carried) {
    const earlier = await publishedFigures(db, districtId, { survey, version: carrier.version, community })
    if (earlier) return { n: earlier.n, figures: JSON.stringify(keptAs(carrier, JSON.parse(earlier.figures))) }
  }
  return undefined
}

/** Figures as they were kept, with tallies laid out as the later version counts them. */
function keptAs(carrier: Carrier, { earlier, ...last }: Kept): Kept {
  const as = <S extends Said>(said: S): S => ({ ...said, tallies: carry(carrier, said.tallies) })
  const standing = earlier?.map(({ said, ...each }) => ({ ...each, ...(said && { said: as(said) }) }))
  return { ...as(last), ...(standing && { earlier: standing }) }
}
