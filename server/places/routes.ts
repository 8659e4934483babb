import type { FastifyInstance } from 'fastify'
import * as api from '../../shared/places/api.ts'
import { extraServices, shippedCatalogue } from '../../shared/places/catalogue.ts'
import { importZh } from '../../shared/places/columns.ts'
import { forDistrict } from '../db/database.ts'
import { lookOf } from '../people/look.ts'
import { mount } from '../people/mount.ts'
import { holds } from '../people/reach.ts'
import { received } from '../people/upload.ts'
import { attachment } from '../platform/attachment.ts'
import { audit } from '../platform/audit.ts'
import { refuse } from '../refusals.ts'
import { changeCatalogue } from './change-catalogue.ts'
import { importFile } from './import.ts'
import * as places from './queries.ts'
import { template } from './template.ts'

/** Calls about districts, communities, the catalogue and imports. */
export async function placeRoutes(app: FastifyInstance): Promise<void> {
  mount(app, api.listDistricts, () => places.districts(app.db))

  mount(app, api.createDistrictCall, async (request, reply) => {
    const { extraServices: codes = [], ...district } = request.body
    const catalogue = shippedCatalogue(chosen(codes))
    request.district = district
    const at = new Date()
    await forDistrict(app.db, district.id)
      .transaction()
      .execute(async (one) => {
        if (!(await places.createDistrict(one, district, catalogue, at))) throw refuse.districtExists()
        const { code, demo } = district
        await audit(one, lookOf(request, `district:${code}`, { after: { code, demo, extraServices: codes } }), at)
      })
    reply.code(201)
    return district
  })

  mount(app, api.listCommunities, async ({ db, district: { id }, reach }) => {
    const communities = (await places.communities(db, id)).filter(({ code }) => holds(reach, code))
    const above = new Set([...reach.subdistricts, ...communities.map(({ subdistrict }) => subdistrict)])
    const subdistricts = await places.subdistricts(db, id)
    return {
      subdistricts: subdistricts.filter(({ code }) => reach.whole || above.has(code)),
      communities,
      placeVersion: await places.placeVersion(db, id),
    }
  })

  mount(app, api.readCommunity, async ({ db, district: { id }, params }) => {
    const community = await places.community(db, id, params.community)
    if (!community) throw refuse.unknownCommunity()
    return {
      community,
      compounds: await places.compounds(db, id, community.code),
      facilities: await places.facilities(db, id, community.code),
      sites: await places.sites(db, id, community.code),
      placeVersion: await places.placeVersion(db, id),
    }
  })

  mount(app, api.readCatalogue, ({ db, district }) => places.catalogue(db, district.id))

  mount(app, api.writeCatalogue, async (request) => {
    const { db, district, body } = request
    const look = lookOf(request, 'catalogue')
    return { version: await changeCatalogue(db, district, body.base, body.catalogue, look, new Date()) }
  })

  mount(app, api.importPlaces, async (request, reply) => {
    const { db, district, params } = request
    const file = await received(request)
    const look = lookOf(request, `places:${params.kind}`)
    const report = await importFile(db, district, params.kind, file, look, new Date())
    if (report.wrong.length) reply.code(422)
    return report
  })

  mount(app, api.importTemplate, async ({ params: { kind } }, reply) => {
    reply.type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
    reply.header('content-disposition', attachment(`${importZh[kind]}导入模板.xlsx`, `${kind}.xlsx`))
    return template(kind)
  })
}

/** The extra services with these codes. @throws {Refusal} badCatalogue when one is not known */
function chosen(codes: string[]) {
  return [...new Set(codes)].map((code) => {
    const found = extraServices.find((service) => service.code === code)
    if (found) return found
    throw refuse.badCatalogue([
      { at: 'extraServices', rule: 'unknown', message: `没有“${code}”这项可选服务，请核对。` },
    ])
  })
}
