import type { FastifyInstance } from 'fastify'
import { clockSays } from '../../shared/deliberations/consultation.ts'
import { forDistrict } from '../db/database.ts'
import type { Payload } from '../platform/jobs.ts'
import { lookAgain, TURN } from './look-again.ts'
import { deliberationById } from './queries.ts'
import { turn } from './status.ts'

/** Opens consultations when they begin and closes them when they end, by a job that is due at that moment. */
export function turnConsultations({ db: house, secrets, jobs }: FastifyInstance): void {
  jobs.work(TURN, async ({ districtId, deliberation }: Payload) => {
    const of = { districtId, id: String(deliberation) }
    const db = forDistrict(house, districtId)
    const now = new Date()
    const found = await deliberationById(db, of)
    if (found?.kind !== 'consultation') return
    const { status, starts_at: startsAt, ends_at: endsAt } = found
    const { due, next } = clockSays({ status, startsAt, endsAt }, now)
    if (due) {
      const look = { district: { id: districtId }, actor: 'system', action: 'consultation:turn', from: null }
      await turn(db, secrets, of, due, { ...look, subject: `deliberation:${of.id}` }, now)
    }
    if (next) await lookAgain(db, of, next)
  })
}
