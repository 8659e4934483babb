import { afterAll, beforeAll, expect, test } from 'vitest'
import { forDistrict } from '../../server/db/database.ts'
import { savePlaces } from '../../server/places/queries.ts'
import { erasePastRetention } from '../../server/surveys/retention.ts'
import type { Grant } from '../../shared/people/roles.ts'
import { asking, key, staff } from '../setup/app.ts'
import { signedIn } from '../setup/people.ts'
import { askForCampaign, filledCampaign, soundCampaign } from './campaign-statuses.ts'
import { askForMeetings, filledMeetings, meetingQueries, soundMeetings, unsent } from './deliberations-statuses.ts'
import { type OpenDistrict, openDistrict } from './surveys-district.ts'
import { askForOpenAnswers, filledOpenAnswers, soundOpenAnswers } from './themes-statuses.ts'
import { askForBoard, soundBoard, unsentOfBoard } from './wishes-board-statuses.ts'
import { askForFulfilment, soundFulfilment } from './wishes-fulfilment-statuses.ts'
import { askForPosting, soundWishes, unsentOfPosting } from './wishes-post-statuses.ts'
import { askForWishCounts, filledWishes, unsentOfWishes } from './wishes-statuses.ts'

/** Statuses that a healthy server never sends, whatever it is asked. */
const UNHEALTHY = ['500', '503']

/** Calls about places, surveys, demand and briefs, and of wishes the board, posting, moderating and counting. */
const SURVEYING =
  /\/api\/(s\/\{code\}|districts(\/\{district\}\/(communities|subdistricts|sites|catalogue|imports|surveys|withdrawals|demand|briefs|deliberations|rooms|follow-ups|statement-keywords|wishes(\/(event|places|fulfilled|statistics|wishes\.xlsx|own|desk|rules|\{wish\}(\/(supporters|text|withdrawal|history|moderation|photos|photos\/\{photo\}|evidence|confirmation|reopening))?))?$|stations|sponsors\/\{sponsor\}\/certificate).*)?)$/

interface Described {
  responses: Record<string, unknown>
}

let district: OpenDistrict
let documented: Map<string, string[]>
const sent = new Map<string, Set<string>>()
const filled: Record<string, string> = {
  ...{ district: 'YX', survey: 'needs2026', community: 'C001', site: 'S1', edition: '1', subdistrict: 'S01' },
  ...filledOpenAnswers,
  ...filledCampaign,
  ...filledMeetings,
  ...filledWishes,
  kind: 'blocks',
  code: 'YX-2222222',
}

beforeAll(async () => {
  district = await openDistrict(1)
  const site = { code: 'S1', community: 'C001', name: '旧仓库', formerUse: '', lon: null, lat: null, rooms: [] }
  await savePlaces(forDistrict(district.running.app.db, 1), 1, 'sites', [
    { ...site, fireClass: 'II', highRise: false, outdoorM2: 80 },
  ])
  await settleSponsor()
  const { paths } = (await district.call('GET', '/openapi.json')).body as unknown as {
    paths: Record<string, Record<string, Described>>
  }
  const calls = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { responses }]) => [`${method.toUpperCase()} ${path}`, responses] as const),
  )
  documented = new Map(
    calls.map(([call, responses]) => [call, Object.keys(responses).filter((status) => !UNHEALTHY.includes(status))]),
  )
})
afterAll(() => district?.stop())

/** What a call cannot do without in its query. */
const queries: Record<string, string> = {
  'GET /api/districts/{district}/audit.csv': '?purpose=check',
  ...meetingQueries,
}

/** Somebody with an account whose role opens nothing here. */
let sponsor: Record<string, string>

async function settleSponsor(): Promise<void> {
  const grants: Grant[] = [{ role: 'sponsor', level: 'district', code: '' }]
  const who = { username: 'sponsor', name: '共建单位', grants }
  sponsor = (await signedIn(asking(district.running.app), { key, district: 'YX' }, who)).headers
}

interface Asked {
  params?: Record<string, string>
  body?: unknown
  headers?: Record<string, string>
  address?: string
}

/** Makes the call and notes how it was answered. */
async function ask(call: string, { params = {}, body, headers = staff, address = '127.0.0.1' }: Asked = {}) {
  const [method, path] = call.split(' ') as ['GET', string]
  const url = path.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? filled[name] ?? 'nothing')
  const options = { method, url: `${url}${queries[call] ?? ''}`, headers, remoteAddress: address }
  const isStream = call.endsWith('stream')
  const reply = await district.running.app.inject({ ...options, payload: body as object, payloadAsStream: isStream })
  // A stream has no end of its own.
  if (isStream) reply.stream().destroy()
  const seen = sent.get(call) ?? new Set()
  sent.set(call, seen.add(String(reply.statusCode)))
  return reply
}

/** What every call is asked, whatever it is for. */
async function askAnybodysWay(call: string): Promise<void> {
  const stranger = { headers: {}, address: '10.0.0.9' }
  await ask(call, stranger)
  await ask(call, { headers: { authorization: 'Bearer not-the-key' } })
  if (!call.endsWith('/sign-out')) await ask(call, { headers: sponsor })
  if (call.includes('{'))
    await ask(call, { params: Object.fromEntries(Object.keys(filled).map((name) => [name, '%20'])) })
  if (call.includes('{district}')) await ask(call, { params: { district: 'QQ' }, body: soundBody(call) })
  if (call.startsWith('GET')) return
  await ask(call, { body: {} })
  await ask(call, { headers: { ...staff, 'sec-fetch-site': 'cross-site' } })
  const boundary = { ...staff, 'content-type': 'multipart/form-data; boundary=x' }
  const large = call.includes('imports')
    ? {
        headers: boundary,
        body: `--x\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\n${'a'.repeat(11e6)}\r\n--x--`,
      }
    : { headers: { ...staff, 'content-type': 'application/json' }, body: `"${'a'.repeat(2e6)}"` }
  await ask(call, large)
  await ask(call, { headers: { ...staff, 'content-type': 'image/png' }, body: 'a' })
}

const title = '需求调查'
const importing = (text: string) => ({
  headers: { ...staff, 'content-type': 'multipart/form-data; boundary=x' },
  body: `--x\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\n${text}\r\n--x--\r\n`,
})

/** A body in which nothing is wrong but what is asked about. */
function soundBody(call: string): unknown {
  const sound = {
    ...soundOpenAnswers,
    ...soundCampaign,
    ...soundMeetings,
    ...soundWishes,
    ...soundBoard,
    ...soundFulfilment,
  }[call]
  if (sound) return sound
  if (call.endsWith('/versions')) return { title, definition: {} }
  if (call.endsWith('/status')) return { status: 'open' }
  if (call.endsWith('/rounds')) return { version: 1 }
  if (call.endsWith('/responses')) return district.make()
  if (call.endsWith('/withdrawals')) return { receipt: 'YX-2222-2222-2222' }
  if (call.endsWith('/briefs')) return { audience: 'staff' }
  if (call.endsWith('/catalogue')) return { base: 1, catalogue: { services: [], rules: [] } }
  return undefined
}

/** What a call may answer beyond what is asked of all. */
async function askItsOwnWay(): Promise<void> {
  const base = 'POST /api/districts'
  const fresh = { id: 2, code: 'LH', name: '临湖区', demo: false }
  for (const body of [fresh, fresh, { ...fresh, id: 3, code: 'LI', extraServices: ['no'] }]) await ask(base, { body })
  const catalogue = '/api/districts/{district}/catalogue'
  const now = (await ask(`GET ${catalogue}`)).json()
  const faulty = { services: [{ ...now.catalogue.services[0], for: ['cats'] }], rules: [] }
  const changed = { base: now.version, catalogue: now.catalogue }
  for (const body of [changed, changed, { base: now.version + 1, catalogue: faulty }])
    await ask(`PUT ${catalogue}`, { body })
  const imports = 'POST /api/districts/{district}/imports/{kind}'
  for (const text of ['网格代码,网格名称\nB01,第一街区', '网格代码\nB01']) await ask(imports, importing(text))
  await ask('POST /api/districts/{district}/surveys/{survey}/versions', { body: { title, definition: [] } })
  await ask('GET /api/s/{code}')
  await ask('GET /api/districts/{district}/sites/{site}/briefs/{edition}')
  await askForAnswers()
  await askForVersions()
  await askForWishCounts(ask, district)
  await askForBoard(ask, district)
  await askForFulfilment(ask, district, sponsor)
  await askForPosting(ask)
}

async function askForVersions(): Promise<void> {
  const survey = '/api/districts/{district}/surveys/{survey}'
  const comparison = `${survey}/comparison`
  queries[`GET ${comparison}`] = '?from=2&to=1'
  await ask(`GET ${comparison}`)
  delete queries[`GET ${comparison}`]
  for (const version of [1, 1]) await ask(`POST ${survey}/rounds`, { body: { version } })
}

async function askForAnswers(): Promise<void> {
  const survey = '/api/districts/{district}/surveys/{survey}'
  const answers = `POST ${survey}/responses`
  const made = district.make()
  const first = { ...made, answers: { ...made.answers, suggestion: '楼下停车太难' } }
  const { receipt } = (await ask(answers, { body: first })).json()
  await ask(answers, { body: first })
  await askForOpenAnswers(ask)
  await askForCampaign(ask, first)
  await ask(answers, { body: { ...first, consentVersion: 'other' } })
  await ask(answers, { body: { ...district.make(), answers: { strange: 1 } } })
  const [link] = (await ask(`GET ${survey}/links`)).json()
  await ask('GET /api/s/{code}', { params: { code: link.code } })
  const composing = 'POST /api/districts/{district}/sites/{site}/briefs'
  await ask(composing, { body: { audience: 'staff' } })
  for (const withdrawal of [{ receipt }, { receipt }, { receipt: 'YX-2222-2222-2222' }])
    await ask('POST /api/districts/{district}/withdrawals', { body: withdrawal })
  await ask(answers, { body: first })
  await ask(`PUT ${survey}/status`, { body: { status: 'closed' } })
  await ask(answers, { body: district.make() })
  await ask(`PUT ${survey}/status`, { body: { status: 'open' } })
  for (let at = 0; at < 61; at += 1) {
    await ask('POST /api/districts/{district}/withdrawals', {
      body: { receipt: 'YX-2222-2222-2222' },
      address: '10.1.1.1',
    })
  }
  await ask(`PUT ${survey}/status`, { body: { status: 'closed', retentionDays: 3_000 } })
  await ask(`PUT ${survey}/status`, { body: { status: 'closed', retentionDays: 1 } })
  await erasePastRetention(district.running.app.db, new Date(Date.now() + 2 * 86_400_000))
  await ask(`PUT ${survey}/status`, { body: { status: 'open' } })
}

test('every status that a call describes is one that it sends, and it sends no other', async () => {
  for (const call of documented.keys()) await askAnybodysWay(call)
  await askItsOwnWay()
  await askForMeetings(ask, [...documented.keys()])
  for (const call of documented.keys()) if (call.startsWith('GET') && !call.includes('{code}')) await ask(call)
  await ask('POST /api/districts/{district}/surveys/{survey}/versions', {
    body: { title, definition: (await ask('GET /api/districts/{district}/surveys/{survey}')).json().definition },
  })
  const calls = [...documented.keys()]
  const seen = (call: string) => [...(sent.get(call) ?? [])].sort()
  const described = (call: string) => [...(documented.get(call) ?? [])].sort()
  const strange = calls.map((call) => [call, seen(call).filter((status) => !described(call).includes(status))])
  expect(strange.filter(([, statuses]) => statuses!.length > 0)).toEqual([])
  // The calls about accounts take somebody who is signed in, and a file takes its time: their own tests ask them what they refuse.
  const whole = calls.filter((call) => SURVEYING.test(call) && !call.includes('/exports'))
  expect(whole.length).toBeGreaterThan(20)
  const missing = whole.map((call) => {
    const heard = [
      ...seen(call),
      ...(unsent[call] ?? []),
      ...({ ...unsentOfWishes, ...unsentOfPosting, ...unsentOfBoard }[call] ?? []),
    ]
    return [call, described(call).filter((status) => !heard.includes(status))] as const
  })
  expect(missing.filter(([, statuses]) => statuses.length > 0)).toEqual([])
})
