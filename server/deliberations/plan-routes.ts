import type { FastifyInstance } from 'fastify'
import * as api from '../../shared/deliberations/api.ts'
import { permissions } from '../../shared/people/permissions.ts'
import { lookOf } from '../people/look.ts'
import { mount } from '../people/mount.ts'
import { mayIn } from '../people/permission.ts'
import { holds } from '../people/reach.ts'
import { community } from '../places/queries.ts'
import { audit } from '../platform/audit.ts'
import { chinaDay } from '../platform/china-time.ts'
import { refuse } from '../refusals.ts'
import { documentRoutes } from './document-routes.ts'
import { ofDeliberation, within } from './found.ts'
import { change, plan } from './plan.ts'
import { listed } from './plan-queries.ts'
import { plannedOf, type Shown } from './planned.ts'
import { printRoutes } from './print-routes.ts'
import { deliberationById, type StoredDeliberation } from './queries.ts'
import { rosterRoutes } from './roster-routes.ts'
import { turn } from './status.ts'

/** Whoever may prepare a deliberation sees who is invited. */
const preparing = permissions[`PUT ${api.deliberation}`]!

export function planRoutes(app: FastifyInstance): void {
  const { files, secrets } = app
  const shown: Shown = async ({ db, district }, id) => {
    const found = await deliberationById(db, { districtId: district.id, id })
    if (!found) throw refuse.unknownDeliberation()
    return await plannedOf({ db, secrets, files }, found, true)
  }
  rosterRoutes(app, shown)
  documentRoutes(app, shown)
  printRoutes(app)

  mount(app, api.listDeliberations, async ({ db, district, reach }) =>
    listed(db, district.id, reach, chinaDay(new Date())),
  )
  mount(app, api.planDeliberation, async (request, reply) => {
    const { db, district, reach, body } = request
    if (body.plan.community !== body.community)
      throw refuse.badPlan([{ at: 'community', rule: 'differs', message: '社区前后不一致，请刷新后重新选择社区。' }])
    if (!(await community(db, district.id, body.community))) throw refuse.unknownCommunity()
    const of = { districtId: district.id, id: body.id.toLowerCase() }
    const look = lookOf(request, `deliberation:${of.id}`)
    const mayTell = (found: StoredDeliberation) => holds(reach, found.community_code)
    const isNew = await plan(db, of, { plan: body.plan, look, mayTell }, new Date())
    reply.code(isNew ? 201 : 200)
    return await shown(request, of.id)
  })
  mount(app, api.readPlan, async (request) => {
    const found = await within(request)
    const names = await mayIn(request as never, preparing, found.community_code)
    const planned = await plannedOf({ db: request.db, secrets, files }, found, names)
    if (planned.roster.length > 0) await audit(request.db, lookOf(request, `deliberation:${found.id}`), new Date())
    return planned
  })
  mount(app, api.changePlan, async (request) => {
    const { db, district, reach, body } = request
    const found = await within(request)
    if (!holds(reach, body.plan.community) || !(await community(db, district.id, body.plan.community)))
      throw refuse.unknownCommunity()
    const look = lookOf(request, `deliberation:${found.id}`)
    await change(db, ofDeliberation(found), { ...body, look }, new Date())
    return await shown(request, found.id)
  })
  mount(app, api.setStatus, async (request) => {
    const found = await within(request)
    const look = lookOf(request, `deliberation:${found.id}`)
    await turn(request.db, secrets, ofDeliberation(found), request.body.status, look, new Date())
    return await shown(request, found.id)
  })
}
