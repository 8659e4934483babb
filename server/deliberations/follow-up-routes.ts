import type { FastifyInstance } from 'fastify'
import { isOverdue } from '../../shared/deliberations/follow-up-rules.ts'
import type { FollowUp } from '../../shared/deliberations/minutes-api.ts'
import * as api from '../../shared/deliberations/minutes-api.ts'
import type { Db } from '../db/database.ts'
import { lookOf } from '../people/look.ts'
import { mount } from '../people/mount.ts'
import { chinaDay } from '../platform/china-time.ts'
import { followUpById, followUpsOf, type StoredFollowUp, unsettledWithin } from './follow-up-queries.ts'
import { addFollowUp, changeFollowUp } from './follow-ups.ts'
import { ofDeliberation, within } from './found.ts'

/** As it stands on the day it is read. */
function dated<S extends StoredFollowUp>(stored: S): S & { overdue: boolean } {
  return { ...stored, overdue: isOverdue(stored, chinaDay(new Date())) }
}

async function shown(db: Db, districtId: number, id: string): Promise<FollowUp> {
  const { deliberation: _, ...stored } = (await followUpById(db, districtId, id))!
  return dated(stored)
}

export function followUpRoutes(app: FastifyInstance): void {
  mount(app, api.listFollowUps, async (request) => {
    const found = await within(request)
    return (await followUpsOf(request.db, ofDeliberation(found))).map(dated)
  })
  mount(app, api.listUnsettled, async ({ db, district, reach }) =>
    (await unsettledWithin(db, district.id, reach)).map(dated),
  )
  mount(app, api.addFollowUp, async (request, reply) => {
    const { db, district, body } = request
    const found = await within(request)
    const { id, ...task } = body
    const look = lookOf(request, `deliberation:${found.id}`)
    const wish = { id: id.toLowerCase(), task, look }
    reply.code((await addFollowUp(db, ofDeliberation(found), wish, new Date())) ? 201 : 200)
    return await shown(db, district.id, wish.id)
  })
  mount(app, api.changeFollowUp, async (request) => {
    const { db, district, params, body } = request
    const found = await within(request)
    const { revision, state, outcome, ...task } = body
    const look = lookOf(request, `deliberation:${found.id}`)
    const wish = { id: params.followUp.toLowerCase(), revision, state, outcome, task, look }
    await changeFollowUp(db, ofDeliberation(found), wish, new Date())
    return await shown(db, district.id, wish.id)
  })
}
