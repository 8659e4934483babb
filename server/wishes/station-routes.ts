import type { FastifyInstance, FastifyRequest } from 'fastify'
import * as api from '../../shared/wishes/desk-api.ts'
import { createPress } from '../documents/press.ts'
import { lookOf } from '../people/look.ts'
import { mount } from '../people/mount.ts'
import { holds } from '../people/reach.ts'
import { community } from '../places/queries.ts'
import { attachment } from '../platform/attachment.ts'
import { audit } from '../platform/audit.ts'
import { refuse } from '../refusals.ts'
import { plainName } from './plain-name.ts'
import { stationPoster } from './station-poster.ts'
import { insertStation, stationById, stations, updateStation } from './station-queries.ts'

/** Places with a code on the wall. */
export function stationRoutes(app: FastifyInstance): void {
  mount(app, api.listStations, async ({ db, district, reach }) => await stations(db, district.id, reach))
  mount(app, api.setStation, async (request, reply) => {
    const isNew = await setStation(request as unknown as FastifyRequest, tidied(request.body), app.now())
    reply.code(isNew ? 201 : 200)
    return tidied(request.body)
  })
  printPosters(app)
}

function printPosters(app: FastifyInstance): void {
  const press = createPress()
  app.addHook('onClose', () => press.close())
  mount(app, api.printStation, async (request, reply) => {
    const { db, district, reach, params } = request
    const station = await stationById(db, { districtId: district.id, id: params.station })
    if (!station || !holds(reach, station.community)) throw refuse.unknownStation()
    const place = await community(db, district.id, station.community)
    const base = app.publicUrl ?? `http://${request.host}`
    const to = { district, station, communityName: place?.name ?? station.community, base, at: app.now() }
    const poster = stationPoster(app.secrets, to)
    const file = await press.print(poster)
    reply.type('application/pdf')
    reply.header('content-disposition', attachment(`${poster.title}.pdf`, `station-${station.id}.pdf`))
    return Buffer.from(file)
  })
}

/** @throws {Refusal} badRequest */
function tidied(station: api.Station): api.Station {
  const name = plainName(station.name, '请写驿站的名称，例如“和平里骑手驿站”。')
  return { ...station, id: station.id.toLowerCase(), name }
}

/** Sets one up, or changes one of one's own. @throws {Refusal} unknownCommunity, unknownStation */
async function setStation(request: FastifyRequest, station: api.Station, at: Date): Promise<boolean> {
  const { db, district, reach } = request
  const look = lookOf(request, `station:${station.id}`)
  if (!(await community(db, district.id, station.community))) throw refuse.unknownCommunity()
  return await db.transaction().execute(async (tx) => {
    const isNew = await insertStation(tx, district.id, station, at)
    const before = isNew ? undefined : await stationById(tx, { districtId: district.id, id: station.id })
    if (before && !holds(reach, before.community)) throw refuse.unknownStation()
    if (before) await updateStation(tx, district.id, station)
    await audit(tx, { ...look, before, after: station }, at)
    return isNew
  })
}
