import type { FastifyInstance } from 'fastify'
import * as api from '../../shared/people/personal-data-api.ts'
import { forDistrict } from '../db/database.ts'
import { attachment } from '../platform/attachment.ts'
import { auditAll, type Look } from '../platform/audit.ts'
import { refuse } from '../refusals.ts'
import { caps } from './attempts.ts'
import type { SignedIn } from './caller.ts'
import { lookOf, ownLook } from './look.ts'
import { mount } from './mount.ts'
import { collect, phoneOf, type Subject } from './personal-data.ts'
import { erase, forgetTraces } from './personal-data-erase.ts'
import { personsByPhone } from './personal-data-queries.ts'
import { spendCode } from './phone-code.ts'
import { accountById, person, type StoredPerson } from './queries.ts'
import { administratorsInTurn, phoneHash } from './store.ts'

/** What is held about a person is handed over and erased: by administrators who were asked to, and by the person. */
export async function personalDataRoutes(app: FastifyInstance): Promise<void> {
  onRequestOf(app)
  ofOneself(app)
}

/** One entry for each account that is meant, so that whoever looks for a person finds it; the number is in none. */
function looksAt({ persons }: Subject, look: Look): Look[] {
  if (persons.length === 0) return [look]
  return persons.map(({ id }) => ({ ...look, subject: `person:${id}` }))
}

function onRequestOf(app: FastifyInstance): void {
  const { people, secrets } = app
  mount(app, api.exportPersonalData, async (request, reply) => {
    const { db, district, body } = request
    const { phone, purpose } = body
    const at = new Date()
    reply.header(
      'content-disposition',
      attachment(`个人信息-${district.name}.json`, `personal-data-${district.code}.json`),
    )
    return await db.transaction().execute(async (one) => {
      const subject = { phone, persons: await personsByPhone(one, district.id, phoneHash(secrets, phone)) }
      const data = await collect(people, one, district, subject, at)
      await auditAll(one, looksAt(subject, lookOf(request, 'personal-data', { purpose })), at)
      return data
    })
  })

  mount(app, api.erasePersonalData, async (request) => {
    const { db, district, body } = request
    const { phone, purpose } = body
    const { subject, erased } = await db.transaction().execute(async (one) => {
      await administratorsInTurn(one)
      const subject = { phone, persons: await personsByPhone(one, district.id, phoneHash(secrets, phone)) }
      const erased = await erase(people, one, district.id, subject)
      const look = lookOf(request, 'personal-data', { purpose, after: { erased } })
      await auditAll(one, looksAt(subject, look), new Date())
      return { subject, erased }
    })
    await forgetTraces(people, district.id, subject)
    return erased
  })
}

function ofOneself(app: FastifyInstance): void {
  const { people } = app
  const self = async (who: SignedIn | undefined) => {
    const found = who && (await person(app.db, who.districtId, who.id))
    if (!who || !found) throw refuse.signInNeeded()
    return { who, subject: { phone: phoneOf(people, found), persons: [found] } }
  }

  mount(app, api.readOwnData, async (request, reply) => {
    const { who, subject } = await self(request.caller.person)
    const { id, code } = await districtOf(app, who)
    const at = new Date()
    reply.header('content-disposition', attachment('我的个人信息.json', 'personal-data.json'))
    return await forDistrict(app.db, id)
      .transaction()
      .execute(async (one) => {
        const data = await collect(people, one, { id, code }, subject, at)
        await auditAll(one, [ownLook(request, who, 'GET /api/me/personal-data')], at)
        return data
      })
  })

  mount(app, api.eraseOneself, async (request, reply) => {
    const { who, subject } = await self(request.caller.person)
    await prove(app, who, subject, request.body)
    const erased = await forDistrict(app.db, who.districtId)
      .transaction()
      .execute(async (one) => {
        await administratorsInTurn(one)
        const erased = await erase(people, one, who.districtId, subject)
        await auditAll(one, [{ ...ownLook(request, who, 'DELETE /api/me'), after: { erased } }], new Date())
        return erased
      })
    await forgetTraces(people, who.districtId, subject)
    reply.header('set-cookie', people.leave())
    return erased
  })
}

async function districtOf({ db }: FastifyInstance, { districtId }: SignedIn) {
  return await db.selectFrom('districts').select(['id', 'code']).where('id', '=', districtId).executeTakeFirstOrThrow()
}

interface Proof {
  password?: string
  code?: string
}

/** An open screen is not enough to erase somebody. @throws {Refusal} badRequest, wrongPassword, wrongCode, tooManyTries */
async function prove(
  { people, db }: FastifyInstance,
  { id, districtId, username }: SignedIn,
  { phone }: { phone: string | null; persons: StoredPerson[] },
  { password, code }: Proof,
): Promise<void> {
  if (code !== undefined) {
    if (phone === null || !(await spendCode(people, districtId, phone, code))) throw refuse.wrongCode()
    return
  }
  const message = '请输入密码；没有密码的，请输入刚收到的短信验证码。'
  if (password === undefined) throw refuse.badRequest([{ at: 'body', rule: 'required', message }])
  const account = await accountById(db, id)
  await people.attempts.take(caps.account, username)
  if (!account?.password || !(await people.passwords.verify({ hash: account.password, password })))
    throw refuse.wrongPassword()
}
