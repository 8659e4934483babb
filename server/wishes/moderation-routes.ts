import type { FastifyInstance, FastifyRequest } from 'fastify'
import * as api from '../../shared/wishes/desk-api.ts'
import { lookOf } from '../people/look.ts'
import { mount } from '../people/mount.ts'
import { audit } from '../platform/audit.ts'
import { deskWishes } from './desk-wishes.ts'
import { within } from './found.ts'
import { historyOf } from './history.ts'
import { moderate } from './moderating.ts'
import { countByState, wishesWithin } from './moderation-queries.ts'
import { read, written } from './page-place.ts'
import { rulesOf, saveRules, tidied } from './rules.ts'
import { stationRoutes } from './station-routes.ts'

const PAGE = 50
const LIST = 'desk'

/** What staff do with wishes of their part, and by which rules. */
export function moderationRoutes(app: FastifyInstance): void {
  mount(app, api.listWishes, async ({ db, district, reach, query }) => {
    const { next, ...wanted } = query
    const [after] = next === undefined ? [] : read<[number]>(app.secrets, LIST, next)
    const found = await wishesWithin(db, district.id, reach, { ...wanted, after, limit: PAGE + 1 })
    const page = found.slice(0, PAGE)
    return {
      wishes: await deskWishes(app.files, db, district.id, page),
      next: found.length > PAGE ? written(app.secrets, LIST, [page.at(-1)!.number]) : null,
      counts: await countByState(db, district.id, reach),
    }
  })
  mount(app, api.readHistory, async (request) => {
    const { id } = await within(request)
    return await historyOf(request.db, app.secrets, { districtId: request.district.id, id })
  })
  mount(app, api.moderateWish, async (request) => {
    const found = await within(request)
    const decided = await moderate(app, request as unknown as FastifyRequest, found, request.body)
    return (await deskWishes(app.files, request.db, request.district.id, [decided]))[0]!
  })
  ruleRoutes(app)
  stationRoutes(app)
}

function ruleRoutes(app: FastifyInstance): void {
  mount(app, api.readRules, async ({ db, district }) => await rulesOf(db, district.id))
  mount(app, api.setRules, async (request) => {
    const { db, district, body } = request
    const rules = tidied(body)
    const at = app.now()
    await db.transaction().execute(async (tx) => {
      const before = await rulesOf(tx, district.id)
      await saveRules(tx, district.id, rules, at)
      await audit(tx, lookOf(request, 'wish-rules', { before, after: rules }), at)
    })
    return rules
  })
}
