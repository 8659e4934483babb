import { randomBytes, randomUUID } from 'node:crypto'
import type { Static } from 'typebox'
import { forDistrict } from '../../server/db/database.ts'
import { savePlaces } from '../../server/places/queries.ts'
import { stationCode } from '../../server/wishes/station-code.ts'
import type { Grant } from '../../shared/people/roles.ts'
import type { postWish } from '../../shared/wishes/api.ts'
import { asking, key, staff, type startApp } from '../setup/app.ts'
import { type SignedIn, signedIn } from '../setup/people.ts'
import { at, openHouse } from './people-district.ts'

export const base = '/districts/YX/wishes'

// biome-ignore lint/suspicious/noExplicitAny: each test knows what it asked for
export type Said = { status: number; body: any }
export type Headers = Record<string, string>
export type Posted = Static<typeof postWish.body>
export interface Receipt {
  wish: string
  number: number
}

export interface Organisation {
  id: string
  name: string
  /** The headers of each member's browser. */
  members: (SignedIn & { phone: string })[]
}

export const newTicket = () => randomBytes(32).toString('base64url')
export const courierPhone = '13800000001'
/** Whom to reach, as wishers of these tests write it. */
export const contact = '13900000001'

/**
 * A server with the districts YX (C001 in S01 with the compounds D01 and D02, C002 in S01, C003 in S02) and LH (C001). In
 * YX there are a secretary of C001, one of C002, an officer of S01, an administrator, a courier who signed in by phone
 * code, and two organisations: the volunteers with two members, the canteen with one, all of them sponsors of C001.
 */
export async function openWishes(settings: Parameters<typeof startApp>[0] = {}) {
  const house = await openHouse(settings)
  const db = forDistrict(house.app.db, 1)
  const compound = (code: string, name: string) => {
    return { code, community: 'C001', block: null, name, lon: 116.4, lat: 39.9, households: 400 }
  }
  await savePlaces(db, 1, 'compounds', [compound('D01', '和平里一区'), compound('D02', '和平里二区')])
  const ask = asking(house.app)

  /** As the holder of the server's key, unless headers say otherwise; `{}` is anybody. */
  const call = async (method: string, path: string, body?: unknown, headers: Headers = staff): Promise<Said> => {
    const given = headers.cookie ? { 'sec-fetch-site': 'same-origin', ...headers } : headers
    return (await ask(method, `/api${path}`, { body, headers: given })) as Said
  }

  /** The same, and its answer; throws where it is refused. */
  const must = async (...of: Parameters<typeof call>) => {
    const { status, body } = await call(...of)
    if (status >= 300) throw new Error(`${of[0]} ${of[1]}: ${status} ${JSON.stringify(body)}`)
    return body
  }

  const member = async (username: string, phone: string | undefined, ...grants: Grant[]) => {
    const who = { username, name: `${username}同志`, grants, ...(phone ? { phone } : {}) }
    return await signedIn(ask, { key, district: 'YX' }, who)
  }

  /** Whoever signs in with the code from a message: a courier where an account is there, otherwise a resident. */
  const byPhone = async (phone: string): Promise<Headers> => {
    const one = house.browser()
    await house.look('delete from sign_in_attempts')
    await one.call('POST', '/sign-in/phone', { district: 'YX', phone })
    const [newest] = (await house.app.sms.outbox(1)).filter((sms) => sms.phone === phone && /验证码/.test(sms.text))
    const code = newest!.text.match(/\d{6}/)![0]
    const { status, body } = await one.call('POST', '/sign-in/phone/code', { district: 'YX', phone, code })
    if (status !== 200) throw new Error(JSON.stringify(body))
    return { cookie: [...one.cookies].map(([name, value]) => `${name}=${value}`).join('; ') }
  }

  const secretary = await member('shuji.one', undefined, at('secretary', 'C001'))
  const neighbour = await member('shuji.two', undefined, at('secretary', 'C002'))
  const officer = await member('jiedao', undefined, at('officer', 'S01'))
  const administrator = await member('guanli.yuan', undefined, at('administrator'))
  const rider = { username: 'qishou', name: '王跑跑', phone: courierPhone, grants: [at('courier', 'C001')] }
  await must('POST', '/districts/YX/people', rider)
  const courier = await byPhone(courierPhone)

  /** An organisation with as many members, each with a number from `phones`. */
  const organisation = async (name: string, phones: string[], limit = 5): Promise<Organisation> => {
    const id = randomUUID()
    await db
      .insertInto('sponsors')
      .values({
        district_id: 1,
        id,
        name,
        fallback_for: null,
        claim_limit: limit,
        active: true,
        created_at: new Date(),
      })
      .execute()
    const members = []
    for (const phone of phones) {
      const one = await member(`m${phone}`, phone, at('sponsor', 'C001'))
      await db.insertInto('sponsor_members').values({ district_id: 1, person_id: one.id, sponsor_id: id }).execute()
      members.push({ ...one, phone })
    }
    return { id, name, members }
  }
  const volunteers = await organisation('和平里志愿队', ['13700000001', '13700000002'])
  const canteen = await organisation('社区食堂', ['13700000011'])

  /** A wish as the courier posts it; `more` changes what it says. */
  const posted = (more: Partial<Posted> = {}): Posted => ({
    ...{ id: randomUUID(), community: 'C001', kind: 'goods', text: '想要一副防风手套', service: null, contact },
    ...{ cost: 'under-100', neededBy: null },
    where: more.kind === 'place' ? { words: '菜场到地铁口这一段', point: null } : null,
    ...more,
  })
  const post = async (more: Partial<Posted> = {}, headers: Headers = courier): Promise<Receipt> =>
    await must('POST', base, posted(more), headers)

  /** Whoever scanned the code of a station that was set up for this: their own ticket goes with everything they send. */
  const scanned = async (): Promise<{ ticket: string; station: string }> => {
    const id = randomUUID()
    await must('POST', '/districts/YX/stations', { id, name: '和平里驿站', community: 'C001', active: true })
    return { ticket: newTicket(), station: stationCode(house.app.secrets, 1, id) }
  }

  const revisionOf = async (wish: string): Promise<number> =>
    (await house.look(`select revision from wishes where id = '${wish}'`)).rows[0].revision

  /** Decides on a wish as the secretary of C001, unless headers say otherwise. */
  const moderate = async (wish: string, decision: object, headers: Headers = secretary.headers) =>
    await call('PUT', `${base}/${wish}/moderation`, { revision: await revisionOf(wish), ...decision }, headers)

  /** Puts a posted wish on the board. */
  const approve = async (wish: string, more: object = {}) => {
    const { status, body } = await moderate(wish, { decision: 'approve', ...more }, administrator.headers)
    if (status !== 200) throw new Error(JSON.stringify(body))
    return body
  }

  /** A wish on the board; it may be needed by a day that has passed since. */
  const open = async ({ neededBy, ...more }: Partial<Posted> = {}, headers: Headers = courier) => {
    const receipt = await post(more, headers)
    await approve(receipt.wish)
    if (neededBy) await house.look(`update wishes set needed_by = '${neededBy}' where id = '${receipt.wish}'`)
    return receipt
  }

  return {
    ...{ ...house, db, ask, call, must, member, byPhone, organisation, posted, post, scanned, moderate, approve, open },
    ...{ secretary, neighbour, officer, administrator, courier, volunteers, canteen },
  }
}

export type Wishes = Awaited<ReturnType<typeof openWishes>>
