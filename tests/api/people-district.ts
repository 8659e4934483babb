import { setTimeout as sleep } from 'node:timers/promises'
import { forDistrict } from '../../server/db/database.ts'
import { createDistrict, savePlaces } from '../../server/places/queries.ts'
import type { Me, Slip } from '../../shared/people/api.ts'
import type { Grant } from '../../shared/people/roles.ts'
import { shippedCatalogue } from '../../shared/places/catalogue.ts'
import { type Running, startApp } from '../setup/app.ts'
import { oneTimeCode } from '../setup/people.ts'

const profile = {
  asOf: '2026-01-01',
  population: { male: [300, 80, 900, 1500, 700, 120], female: [280, 80, 900, 1550, 750, 160] },
  households: 3000,
  eldersLivingAlone: 100,
  parents: { parent_0_3: 200, parent_4_6: 210, parent_7_12: 400 },
  areaKm2: 0.5,
  buildingYear: 1992,
}

export const password = 'Qing-Shan-7'
export const newPassword = 'Lü-Shui-2026'

/** A server with the districts YX (S01: C001, C002; S02: C003) and LH (S01: C001), and nobody in them. */
export async function openHouse(settings: Parameters<typeof startApp>[0] = {}) {
  const running = await startApp(settings)
  await settle(running, 1, 'YX', { C001: 'S01', C002: 'S01', C003: 'S02' })
  await settle(running, 2, 'LH', { C001: 'S01' })
  return { ...running, browser: (address?: string) => browser(running, address) }
}

export type House = Awaited<ReturnType<typeof openHouse>>

async function settle({ app }: Running, id: number, code: string, communities: Record<string, string>): Promise<void> {
  const db = forDistrict(app.db, id)
  await createDistrict(db, { id, code, name: `${code}区`, demo: false }, shippedCatalogue())
  const subdistricts = [...new Set(Object.values(communities))].map((code) => ({ code, name: `${code}街道` }))
  await savePlaces(db, id, 'subdistricts', subdistricts)
  const places = Object.entries(communities).map(([code, subdistrict]) => {
    return { code, subdistrict, name: `${code}社区`, kind: '', pilot: false, profile }
  })
  await savePlaces(db, id, 'communities', places as never)
}

interface Answer {
  status: number
  // biome-ignore lint/suspicious/noExplicitAny: each test knows what it asked for
  body: any
}

export type Browser = ReturnType<typeof browser>

/** Somebody's browser: it keeps cookies, and says of every request that a page of ours made it. */
export function browser({ app }: Running, address = '127.0.0.1') {
  const cookies = new Map<string, string>()

  async function call(
    method: string,
    url: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const sent = { 'sec-fetch-site': 'same-origin', ...(cookie ? { cookie } : {}), ...headers }
    const reply = await app.inject({
      method: method as 'POST',
      url: `/api${url}`,
      payload: body as object,
      headers: Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== '')),
      remoteAddress: address,
    })
    for (const { name, value, maxAge } of reply.cookies) {
      if (maxAge === 0 || value === '') cookies.delete(name)
      else cookies.set(name, encodeURIComponent(value))
    }
    return { status: reply.statusCode, body: reply.body ? reply.json() : undefined }
  }

  return {
    cookies,
    call,
    signIn: (username: string, password: string) => call('POST', '/sign-in', { username, password }),
    /** Adds one of the staff and returns their slip. */
    async add(username: string, ...grants: Grant[]): Promise<Slip> {
      const { status, body } = await call('POST', '/districts/YX/people', { username, name: `${username}同志`, grants })
      if (status !== 201) throw new Error(JSON.stringify(body))
      return body
    },
  }
}

export const at = (role: Grant['role'], code = ''): Grant => {
  const level = code === '' ? 'district' : code.startsWith('S') ? 'subdistrict' : 'community'
  return { role, level, code }
}

/** First sign-in with a slip, and a password of one's own. */
export async function begin(house: House, { username, code }: Slip, address?: string): Promise<Browser> {
  const one = house.browser(address)
  const { status, body } = await one.signIn(username, code)
  if (status !== 200 || (body as Me).must !== 'set-password') throw new Error(JSON.stringify(body))
  const set = await one.call('PUT', '/me/password', { current: code, password })
  if (set.status !== 200) throw new Error(JSON.stringify(set.body))
  return one
}

/** Sets up the second factor; returns what the phone then shows. */
export async function secure(one: Browser, password: string): Promise<{ code: () => string; backupCodes: string[] }> {
  const { body } = await one.call('POST', '/me/second-factor', { password })
  const { status } = await one.call('PUT', '/me/second-factor', { code: oneTimeCode(body.secret, Date.now()) })
  if (status !== 200) throw new Error(`second factor: ${status}`)
  // The one of now is used up, and the next is good already.
  const code = () => oneTimeCode(body.secret, Date.now() + 30_000)
  return { code, backupCodes: body.backupCodes }
}

/** The first administrator, signed in and with a second factor. */
export async function administrator(house: House) {
  const one = house.browser()
  const given = { district: 'YX', username: 'admin', name: '周主任', password }
  const { status, body } = await one.call('POST', '/setup', given)
  if (status !== 201) throw new Error(JSON.stringify(body))
  return Object.assign(one, await secure(one, password))
}

/**
 * By how many milliseconds one thing takes longer than the other: by the quickest quarter of many in turn, for on a busy
 * machine the rest says how busy it is. A gap that is really there shows in every round; the smallest of three is given.
 */
export async function gap(one: () => Promise<unknown>, other: () => Promise<unknown>, between: () => Promise<void>) {
  let smallest = Number.POSITIVE_INFINITY
  for (let round = 0; round < 3 && smallest >= 5; round += 1) {
    const took: [number[], number[]] = [[], []]
    for (let i = 0; i < 48; i += 1) {
      const which = (i + (i >> 1)) % 2
      await between()
      await sleep(10)
      const started = performance.now()
      await (which === 0 ? one : other)()
      if (i >= 4) took[which]!.push(performance.now() - started)
    }
    const [first, second] = took.map((times) => times.sort((a, b) => a - b)[Math.floor(times.length / 4)]!)
    smallest = Math.min(smallest, Math.abs(first! - second!))
  }
  return smallest
}
