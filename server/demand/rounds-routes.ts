import type { FastifyInstance } from 'fastify'
import {
  readChanges,
  readCommunityRounds,
  readDistrictRounds,
  readSubdistrictRounds,
} from '../../shared/demand/rounds-api.ts'
import { mount } from '../people/mount.ts'
import { areaRounds, changesIn } from './rounds.ts'

export async function roundsRoutes(app: FastifyInstance): Promise<void> {
  mount(app, readCommunityRounds, async ({ db, district, params, query }) => {
    return await areaRounds(db, district, { level: 'community', code: params.community }, query.survey)
  })
  mount(app, readSubdistrictRounds, async ({ db, district, params, query }) => {
    return await areaRounds(db, district, { level: 'subdistrict', code: params.subdistrict }, query.survey)
  })
  mount(app, readDistrictRounds, async ({ db, district, query }) => {
    return await areaRounds(db, district, { level: 'district', code: '' }, query.survey)
  })
  mount(app, readChanges, async ({ db, district, query, reach }) => {
    return await changesIn(db, district, reach, query.survey)
  })
}
