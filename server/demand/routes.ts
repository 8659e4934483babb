import type { FastifyInstance } from 'fastify'
import {
  readDemand,
  readDemandTable,
  readDesignEffects,
  readDistrictDemand,
  readSubdistrictDemand,
} from '../../shared/demand/api.ts'
import { mount } from '../people/mount.ts'
import { asJson } from '../platform/as-json.ts'
import { communityText, designEffects, higherText, tableJson } from './read.ts'
import { startRefresher } from './refresh.ts'

export async function demandRoutes(app: FastifyInstance): Promise<void> {
  const refresher = startRefresher(app)
  // The pool is still open here: a round that is under way may finish its statement.
  app.addHook('preClose', () => refresher.stop())

  mount(app, readDemandTable, async ({ db, district, query, reach }, reply) => {
    return asJson(reply, await tableJson(db, district, query, reach))
  })
  mount(app, readDesignEffects, ({ db, district, query, reach }) => designEffects(db, district, query, reach))
  mount(app, readDemand, async ({ db, district, params, query, reach }, reply) => {
    return asJson(reply, await communityText(db, district, params.community, query, reach))
  })
  mount(app, readSubdistrictDemand, async ({ db, district, params, query, reach }, reply) => {
    return asJson(reply, await higherText(db, refresher, district, params.subdistrict, query, reach))
  })
  mount(app, readDistrictDemand, async ({ db, district, query, reach }, reply) => {
    return asJson(reply, await higherText(db, refresher, district, undefined, query, reach))
  })
}
