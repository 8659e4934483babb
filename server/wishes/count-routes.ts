import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { managing } from '../../shared/people/permissions.ts'
import { certificate } from '../../shared/wishes/claims-api.ts'
import { exportWishes, readWishCounts } from '../../shared/wishes/desk-api.ts'
import type { Db } from '../db/database.ts'
import { createPress } from '../documents/press.ts'
import { lookOf } from '../people/look.ts'
import { mount } from '../people/mount.ts'
import { attachment } from '../platform/attachment.ts'
import { audit } from '../platform/audit.ts'
import { chinaDay } from '../platform/china-time.ts'
import { refuse } from '../refusals.ts'
import { certificateOf } from './certificate.ts'
import { deedsOf, ranking, sumsOf } from './count-queries.ts'
import { ledgerOf } from './ledger.ts'
import { type StoredSponsor, sponsorById, sponsorOf } from './queries.ts'

/** How wishes went, as sums, as a ledger and on paper. */
export function countRoutes(app: FastifyInstance): void {
  mount(app, readWishCounts, async ({ db, district, reach, query }) => {
    const chosen = { districtId: district.id, reach, ...query }
    return { ...(await sumsOf(db, chosen)), sponsors: await ranking(db, chosen) }
  })

  mount(app, exportWishes, async (request, reply) => {
    const { db, district, reach, query } = request
    const at = app.now()
    const { file, rows } = await ledgerOf(db, { district, at, districtId: district.id, reach, ...query })
    const pages = file.createReadStream({ start: 0 })
    try {
      await audit(db, lookOf(request, 'wishes', { after: { ...query, rows } }), at)
    } catch (error) {
      pages.destroy()
      throw error
    }
    const day = chinaDay(at)
    return reply
      .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
      .header('content-disposition', attachment(`心愿台账-${day}.xlsx`, `wishes-${district.code}-${day}.xlsx`))
      .send(pages)
  })

  printCertificates(app)
}

function printCertificates(app: FastifyInstance): void {
  const press = createPress()
  app.addHook('onClose', () => press.close())

  mount(app, certificate, async (request, reply: FastifyReply) => {
    const { db, district } = request
    const sponsor = await ofSponsor(request)
    const deeds = await deedsOf(db, district.id, sponsor.id)
    if (!deeds) throw refuse.nothingFulfilled()
    const at = app.now()
    const sheet = certificateOf(app.secrets, { district, sponsor, deeds, at })
    const file = await press.print(sheet)
    const after = { certificate: sheet.certificate, fulfilled: deeds.fulfilled }
    await audit(db, lookOf(request, `sponsor:${sponsor.id}`, { after }), at)
    reply.type('application/pdf')
    reply.header('content-disposition', attachment(`${sheet.title}.pdf`, `certificate-${sheet.certificate}.pdf`))
    return Buffer.from(file)
  })
}

type Asked = Pick<FastifyRequest, 'caller' | 'district'> & { db: Db; params: { sponsor: string } }

/** The organisation, for its members and for staff. @throws {Refusal} unknownSponsor */
async function ofSponsor({ db, district, caller, params }: Asked): Promise<StoredSponsor> {
  const { person } = caller
  const id = params.sponsor.toLowerCase()
  const isStaff = !person || person.grants.some(({ role }) => managing.includes(role))
  const sponsor = isStaff
    ? await sponsorById(db, { districtId: district.id, id })
    : await sponsorOf(db, district.id, person.id)
  if (sponsor?.id !== id) throw refuse.unknownSponsor()
  return sponsor
}
