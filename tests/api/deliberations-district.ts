import { randomBytes, randomUUID } from 'node:crypto'
import { forDistrict } from '../../server/db/database.ts'
import { savePlaces } from '../../server/places/queries.ts'
import type { Plan, Planned } from '../../shared/deliberations/api.ts'
import type { Present } from '../../shared/deliberations/attendance-api.ts'
import type { Grant } from '../../shared/people/roles.ts'
import { asking, key, staff, type startApp } from '../setup/app.ts'
import { signedIn } from '../setup/people.ts'
import { forum } from './deliberations-plans.ts'
import { at, openHouse } from './people-district.ts'

export const base = '/districts/YX/deliberations'

// biome-ignore lint/suspicious/noExplicitAny: each test knows what it asked for
export type Said = { status: number; body: any }

/**
 * A server with the districts YX (C001 with the compounds D01 and D02, C002, C003) and LH (C001), and in YX a secretary of
 * C001, one of C002 and an administrator.
 */
export async function openDeliberations(settings: Parameters<typeof startApp>[0] = {}) {
  const house = await openHouse(settings)
  const compound = (code: string, name: string) => {
    return { code, community: 'C001', block: null, name, lon: 116.4, lat: 39.9, households: 400 }
  }
  const compounds = [compound('D01', '和平里一区'), compound('D02', '和平里二区')]
  await savePlaces(forDistrict(house.app.db, 1), 1, 'compounds', compounds)
  const ask = asking(house.app)

  /** As the holder of the server's key, unless headers say otherwise; `{}` is anybody. */
  const call = async (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = staff,
  ): Promise<Said> => (await ask(method, `/api${path}`, { body, headers })) as Said

  /** The same, and its answer; throws where it is refused. */
  const must = async (...of: Parameters<typeof call>) => {
    const { status, body } = await call(...of)
    if (status >= 300) throw new Error(`${of[0]} ${of[1]}: ${status} ${JSON.stringify(body)}`)
    return body
  }

  /** Somebody with these roles, by the headers of their browser. */
  const person = async (username: string, ...grants: Grant[]) =>
    (await signedIn(ask, { key, district: 'YX' }, { username, name: '林同志', grants })).headers
  const secretary = await person('shuji.one', at('secretary', 'C001'))
  const neighbour = await person('shuji.two', at('secretary', 'C002'))
  const administrator = await person('guanli.yuan', at('administrator'))

  const planned = async (plan: Plan = forum()): Promise<Planned> =>
    await must('POST', base, { id: randomUUID(), community: plan.community, plan }, secretary)

  const open = async (plan: Plan = forum()): Promise<Planned> => {
    const { id } = await planned(plan)
    return await must('PUT', `${base}/${id}/status`, { status: 'open' }, secretary)
  }

  /** A phone that comes in; `ticket` is shown with everything it sends. */
  const phone = async (deliberation: string, more: object = {}) => {
    const own = { participant: randomUUID(), ticket: randomBytes(32).toString('base64url') }
    const present: Present = await must('POST', `${base}/${deliberation}/attendance`, { ...own, ...more }, {})
    return { ...present, ...own }
  }

  return { ...house, ask, call, must, person, secretary, neighbour, administrator, planned, open, phone }
}

export type Deliberations = Awaited<ReturnType<typeof openDeliberations>>
export type Phone = Awaited<ReturnType<Deliberations['phone']>>
