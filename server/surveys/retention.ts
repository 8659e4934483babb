import type { FastifyInstance } from 'fastify'
import { type Db, forDistrict } from '../db/database.ts'
import { districts } from '../places/queries.ts'
import { audit } from '../platform/audit.ts'
import {
  eraseAnswers,
  forgetDevices,
  forgetTakenBy,
  holdSurvey,
  noteErased,
  type SurveyVersion,
  surveysWithDevices,
  versionsPastRetention,
} from './retention-queries.ts'

/** Every night answers that have been kept as long as was said are erased; who took an answer down, with the person. */
export function eraseNightly({ jobs, db, people }: FastifyInstance): void {
  people.erasing.push(forgetTakenBy)
  jobs.everyDay('erase-answers', '03:50', () => erasePastRetention(db, new Date()))
}

/**
 * Erases the answers to versions past their retention, and device hashes of closed surveys that were left where a process
 * died while it closed them. Tallies stay: they count, and name nobody.
 */
export async function erasePastRetention(db: Db, now: Date): Promise<void> {
  for (const { id } of await districts(db)) {
    const own = forDistrict(db, id)
    for (const survey of await surveysWithDevices(own, id)) await dropDevices(own, id, survey, now)
    for (const version of await versionsPastRetention(own, id, now)) await eraseVersion(own, id, version, now)
  }
}

/** Deletes the device hashes of a survey, and says how many. */
export async function dropDevices(db: Db, districtId: number, survey: string, now: Date): Promise<void> {
  await db.transaction().execute(async (one) => {
    const devices = await forgetDevices(one, districtId, survey)
    if (devices > 0) await audit(one, erased(districtId, 'devices:erase', `survey:${survey}`, { devices }), now)
  })
}

/** Whoever opens the survey meanwhile waits, and then hears that there is nothing left to open. */
async function eraseVersion(db: Db, districtId: number, of: SurveyVersion, now: Date): Promise<void> {
  await db.transaction().execute(async (one) => {
    const held = await holdSurvey(one, districtId, of.survey)
    if (held?.status !== 'closed' || !(await noteErased(one, districtId, of, now))) return
    const counts = await eraseAnswers(one, districtId, of)
    const after = { version: of.version, ...counts }
    await audit(one, erased(districtId, 'answers:erase', `survey:${of.survey}`, after), now)
  })
}

function erased(id: number, action: string, subject: string, after: object) {
  return { district: { id }, actor: 'system', action, subject, after, from: null }
}
