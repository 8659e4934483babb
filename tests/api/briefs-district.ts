import { setTimeout as sleep } from 'node:timers/promises'
import { forDistrict } from '../../server/db/database.ts'
import { savePlaces } from '../../server/places/queries.ts'
import { type BriefEntry, composeBrief, type Format, listBriefs } from '../../shared/briefs/api.ts'
import type { Document } from '../../shared/document.ts'
import type { Compound, Facility, Room, Site } from '../../shared/places/api.ts'
import type { Submission } from '../../shared/surveys/api.ts'
import { numbers, submissionOf } from '../load/answers.ts'
import { staff } from '../setup/app.ts'
import { openDistrict } from './surveys-district.ts'

/** 0.001° of latitude is 111 m; the two compounds of C001 and C002 are 222 m apart. */
const at = { lon: 108.95, lat: 34.25 }
const far = { lon: 108.95, lat: 34.35 }

const compounds: Compound[] = [
  { code: 'P1', community: 'C001', block: null, name: '东院', ...at, households: 300 },
  { code: 'P2', community: 'C002', block: null, name: '西院', lon: at.lon, lat: at.lat + 0.002, households: 100 },
  { code: 'P3', community: 'C003', block: null, name: '远院', ...far, households: 500 },
  { code: 'P4', community: 'C004', block: null, name: '北院', lon: 109.05, lat: 34.25, households: 200 },
]

const facility = (code: string, service: string, more: Partial<Facility> = {}): Facility => ({
  code,
  community: 'C001',
  name: `${code}号设施`,
  service,
  function: null,
  isPublic: true,
  usable: true,
  capacity: 100,
  areaM2: null,
  lon: at.lon,
  lat: at.lat + 0.001,
  ...more,
})

/** F1 is shared by the compounds of two communities (300 and 100 households); F2 is private; F3 is out of everybody's reach. */
export const facilities = [
  facility('F1', 'community_meals'),
  facility('F2', 'health', { isPublic: false, capacity: 40 }),
  facility('F3', 'community_meals', { lat: 34.45, community: 'C003', capacity: 900 }),
]

const room = (code: string, floor: number, areaM2: number): Room => {
  return { code, floor, areaM2, heightM: 3.2, exits: 2, water: true, exhaust: true, quiet: floor > 1 }
}

const site = (code: string, community: string, name: string): Site => ({
  code,
  community,
  name,
  formerUse: '原办公用房',
  fireClass: 'II',
  highRise: false,
  outdoorM2: 120,
  ...at,
  rooms: [room('101', 1, 180), room('201', 2, 140)],
})

/** C001 has two sites, the others one; two of the names are the same, and one cannot be the name of a file. */
export const sites = [
  site('S1', 'C001', '原办公用房'),
  site('S2', 'C001', '临街/门面'),
  site('S3', 'C002', '原办公用房'),
  site('S4', 'C003', '老锅炉房'),
  site('S5', 'C004', '旧仓库'),
]

export interface Download {
  status: number
  headers: Record<string, unknown>
  bytes: Buffer
}

/** Four communities that border on each other or not, their sites, and the shipped questionnaire, with no answers yet. */
export async function openBriefs() {
  const district = await openDistrict(4)
  const { app } = district.running
  const db = forDistrict(app.db, 1)
  await savePlaces(db, 1, 'compounds', compounds)
  await savePlaces(db, 1, 'facilities', facilities)
  await savePlaces(db, 1, 'sites', sites)
  const random = numbers(23)
  const sent: Submission[] = []

  const send = async (community: string, count: number, more: Partial<Submission> = {}) => {
    const made = Array.from({ length: count }, () => submissionOf(random, [community], more, false))
    for (const submission of made) {
      const { status, body } = await district.send(submission, staff)
      if (status !== 201) throw new Error(JSON.stringify(body))
    }
    sent.push(...made)
    await folded()
    return made
  }

  /** Waits until every accepted answer is in the tallies. */
  async function folded() {
    for (const until = Date.now() + 10_000; (await district.count('tally_outbox')) > 0; await sleep(50)) {
      if (Date.now() > until) throw new Error('the tallies lag by more than ten seconds')
    }
  }

  /**
   * Waits until what a staff edition compares the community with, the district and the neighbours, rests on every answer in the tallies:
   * reading the whole district brings it up to date first.
   */
  async function refreshed() {
    const { status, body } = await district.call('GET', '/api/districts/YX/demand/whole')
    if (status !== 200) throw new Error(JSON.stringify(body))
  }

  async function download(url: string): Promise<Download> {
    const reply = await app.inject({ method: 'GET', url: `/api/districts/YX${url}`, headers: staff })
    return { status: reply.statusCode, headers: reply.headers, bytes: reply.rawPayload }
  }

  const compose = (code: string, audience = 'staff', headers: object = staff) =>
    district.call('POST', composeBrief.url.replace(':district', 'YX').replace(':site', code), { audience }, headers)

  return {
    ...district,
    send,
    sent,
    refreshed,
    download,
    compose,
    /** The entry of a brief that composes without a refusal. */
    edition: async (code: string, audience = 'staff') => {
      const { status, body } = await compose(code, audience)
      if (status !== 201) throw new Error(JSON.stringify(body))
      return body as unknown as BriefEntry
    },
    file: ({ site: code, audience, edition }: BriefEntry, format: Format = 'json') =>
      download(`/sites/${code}/briefs/${edition}?audience=${audience}&format=${format}`),
    list: async () =>
      JSON.parse(String((await download(listBriefs.url.replace('/api/districts/:district', ''))).bytes)),
  }
}

export type OpenBriefs = Awaited<ReturnType<typeof openBriefs>>

export const read = ({ bytes }: Download): Document => JSON.parse(String(bytes))
