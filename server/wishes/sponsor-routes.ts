import type { FastifyInstance } from 'fastify'
import * as api from '../../shared/wishes/claims-api.ts'
import { lookOf } from '../people/look.ts'
import { mount } from '../people/mount.ts'
import { holds } from '../people/reach.ts'
import { community } from '../places/queries.ts'
import { refuse } from '../refusals.ts'
import { holdingsOf } from './holdings.ts'
import { plainName } from './plain-name.ts'
import { sponsorOf } from './queries.ts'
import { listed, save, setMembers, sponsorOf as shown } from './sponsors.ts'

/** Organisations that claim wishes, who belongs to them, and what they hold. */
export function sponsorRoutes(app: FastifyInstance): void {
  mount(app, api.listSponsors, async ({ db, district }) => await listed(db, app.secrets, district.id))
  mount(app, api.setSponsor, async (request, reply) => {
    const { body, db, district, reach } = request
    const sponsor = {
      ...body,
      id: body.id.toLowerCase(),
      name: plainName(body.name, '请写单位的名称，例如“和平里物业”。'),
    }
    const { fallbackFor } = sponsor
    if (fallbackFor !== null && !(holds(reach, fallbackFor) && (await community(db, district.id, fallbackFor))))
      throw refuse.unknownCommunity()
    const look = lookOf(request, `sponsor:${sponsor.id}`)
    const made = await save(db, district.id, sponsor, { mayChange: reach.whole, look, at: app.now() })
    reply.code(made ? 201 : 200)
    return sponsor
  })
  mount(app, api.setMembers, async (request) => {
    const { body, db, district, params, reach } = request
    const of = { districtId: district.id, id: params.sponsor.toLowerCase() }
    await setMembers(db, of, body.people, { reach, look: lookOf(request, `sponsor:${of.id}`), at: app.now() })
    return (await listed(db, app.secrets, district.id, of.id))[0]!
  })
  mount(app, api.readHoldings, async ({ caller, db, district }) => {
    const own = caller.person && (await sponsorOf(db, district.id, caller.person.id))
    if (!own) return { sponsor: null, holdings: [] }
    return { sponsor: shown(own), holdings: await holdingsOf(db, district.id, own.id) }
  })
}
