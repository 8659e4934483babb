import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { forDistrict } from '../../server/db/database.ts'
import { createDistrict, savePlaces } from '../../server/places/queries.ts'
import type { Demand } from '../../shared/demand/api.ts'
import { type Document, type Figure, partsOf } from '../../shared/document.ts'
import type { Profile, Site } from '../../shared/places/api.ts'
import { shippedCatalogue } from '../../shared/places/catalogue.ts'
import { shippedNotice } from '../../shared/surveys/notice.ts'
import { type Running, staff, startApp } from '../setup/app.ts'
import { oracle, readCsv, readJson } from '../unit/statistics/oracle-data.ts'

/** Columns of the answers, and what the weighting variables are called in our definition. */
const strata = { age_group: 'age', race_group: 'race', gender: 'gender', education_group: 'education' }
const titles: Record<string, string> = {
  age: 'Age',
  race: 'Race and ethnicity',
  gender: 'Gender',
  education: 'Highest education',
}
const profile: Profile = {
  asOf: '2025-01-01',
  population: { male: [0, 0, 1, 1, 1, 1], female: [0, 0, 1, 1, 1, 1] },
  households: 4,
  eldersLivingAlone: 0,
  parents: { parent_0_3: 0, parent_4_6: 0, parent_7_12: 0 },
  areaKm2: 1,
  buildingYear: null,
}

const room = { code: 'R1', floor: 1, areaM2: 100, exits: 2, water: true, exhaust: false }
const site: Site = {
  ...{ code: 'S1', community: 'D4', name: 'Library annex', formerUse: '', fireClass: 'II', highRise: false },
  ...{ outdoorM2: 0, lon: null, lat: null, rooms: [room] },
}

/** `District 1` and `No Response` as codes. */
function communityOf(district: string): string {
  return district === 'No Response' ? 'NR' : district.replace('District ', 'D')
}

interface Wording {
  question: string
  [language: string]: string
}

/** Oakland's questionnaire in its three languages, as far as it is public: the question on priorities, and who answers. */
function definitionOf() {
  const margins = readCsv('oakland/oakland2025_margins.csv')
  const words = (row: Wording, kind: 'q' | 'r') => ({
    default: row[`${kind}_en`],
    es: row[`${kind}_es`],
    'zh-cn': row[`${kind}_zh`],
  })
  const questions = readCsv('oakland/qmap.csv') as Wording[]
  const options = (readCsv('oakland/rmap.csv') as Wording[]).filter(({ question }) => question === 'q5')
  const choices = options.map((row) => ({ value: row.r_en, text: words(row, 'r') }))
  const targets = (variable: string, code = (level: string) => level) => {
    const own = margins.filter((row) => row.variable === variable)
    return Object.fromEntries(own.map((row) => [code(row.level!), Number(row.share_normalised)]))
  }
  const variables = Object.entries(strata)
  return {
    title: 'Oakland FY25–27 budget priorities',
    weighting: {
      scope: 'district',
      cap: 5,
      margins: [['community'], ...variables.map(([, name]) => [name])],
      targets: {
        community: targets('district', communityOf),
        ...Object.fromEntries(variables.map(([column, name]) => [name, targets(column)])),
      },
    },
    pages: [
      {
        name: 'all',
        elements: [
          {
            type: 'checkbox',
            name: 'q5',
            title: words(questions.find(({ question }) => question === 'q5')!, 'q'),
            // Six people ticked four: no limit of three.
            choices: [...choices, { value: 'Other Response', text: 'Other' }],
            demand: { role: 'need' },
          },
          ...variables.map(([column, name]) => ({
            type: 'radiogroup',
            name,
            title: titles[name],
            isRequired: true,
            choices: Object.keys(targets(column)),
            demand: { role: 'stratum' },
          })),
        ],
      },
    ],
  }
}

describe.skipIf(!oracle)('the Oakland survey over HTTP', { timeout: 240_000 }, () => {
  let running: Running
  const call = (method: 'GET' | 'POST', url: string, payload?: object) =>
    running.app.inject({ method, url: `/api/districts/OAK/${url}`, payload, headers: staff })

  async function demandWhen(n: number): Promise<{ district: Demand; communities: Demand[] }> {
    for (let tries = 0; tries < 300; tries += 1) {
      const table = (await call('GET', 'demand')).json()
      if (table.district?.n === n) return table
      await sleep(200)
    }
    throw new Error(`the tallies did not reach ${n} answers in a minute`)
  }

  async function submitAll() {
    const rows = readCsv('oakland/oakland2025_answers.csv')
    const at = new Date().toISOString()
    const send = async (row: Record<string, string>) => {
      const answers: Record<string, unknown> = Object.fromEntries(
        Object.entries(strata).map(([column, name]) => [name, row[column]]),
      )
      if (row.q5 !== '') answers.q5 = row.q5!.split(' | ')
      const body = { community: communityOf(row.district!), version: 1, channel: 'online', proxy: false, answers }
      const times = { startedAt: at, submittedAt: at, consentVersion: shippedNotice.version }
      const reply = await call('POST', 'surveys/budget/responses', { id: randomUUID(), ...body, ...times })
      if (reply.statusCode !== 201) throw new Error(reply.body)
    }
    for (let from = 0; from < rows.length; from += 50) await Promise.all(rows.slice(from, from + 50).map(send))
    return rows.length
  }

  beforeAll(async () => {
    running = await startApp()
    const db = forDistrict(running.app.db, 1)
    await createDistrict(db, { id: 1, code: 'OAK', name: 'Oakland', demo: false }, shippedCatalogue())
    await savePlaces(db, 1, 'subdistricts', [{ code: 'OAK', name: 'Oakland' }])
    const districts = ['1', '2', '3', '4', '5', '6', '7'].map((number) => `D${number}`)
    const places = [...districts, 'NR'].map((code) => {
      return { code, subdistrict: 'OAK', name: code, kind: '', pilot: false, profile }
    })
    await savePlaces(db, 1, 'communities', places)
    await savePlaces(db, 1, 'sites', [site])
    const published = await call('POST', 'surveys/budget/versions', { title: 'Oakland', definition: definitionOf() })
    if (published.statusCode !== 201) throw new Error(published.body)
  }, 60_000)
  afterAll(() => running.stop())

  it('gives the published weighted shares, standard errors and beta intervals for the city', async () => {
    expect(await submitAll()).toBe(6748)
    const { district } = await demandWhen(6748)
    const { q5_overall: expected, kish } = readJson('oakland/oakland2025_expected.json')
    expect(district.inside).toBe(kish.n)
    expect(district.weighting.weighted).toBe(true)
    expect(district.weighting.deff).toBeCloseTo(kish.deff_kish, 4)
    expect(district.weighting.effectiveN! / kish.n_eff).toBeCloseTo(1, 4)
    expect(Object.keys(expected)).toHaveLength(8)
    for (const [service, of] of Object.entries<Record<string, number & number[]>>(expected)) {
      const { need } = district.services.find((each) => each.service === service)!
      expect(need.n).toBe(of.n)
      expect(need.yes).toBe(of.count)
      expect(Math.abs(need.p! - of.p_weighted!)).toBeLessThan(5e-6)
      expect(Math.abs(need.se! - of.se!)).toBeLessThan(1e-6)
      expect(Math.abs(need.low! - of.ci_beta![0]!)).toBeLessThan(1e-5)
      expect(Math.abs(need.high! - of.ci_beta![1]!)).toBeLessThan(1e-5)
    }
  })

  it('gives the published shares of every council district', async () => {
    const { communities } = await demandWhen(6748)
    const { q5_by_district: expected } = readJson('oakland/oakland2025_expected.json')
    expect(Object.keys(expected).length).toBeGreaterThanOrEqual(7)
    for (const [name, options] of Object.entries<Record<string, never>>(expected)) {
      const { services } = communities.find(({ area }) => area.code === communityOf(name))!
      for (const [service, of] of Object.entries<Record<string, number>>(options)) {
        const share = services.find((each) => each.service === service)?.need
        if (!share) continue
        expect(share.yes).toBe(of.count)
        expect(Math.abs(share.p! - of.p_weighted!)).toBeLessThan(5e-6)
        // R takes a council district as a part of one sample of 6,748; our formula has the district's own n in n/(n − 1).
        const { n } = share
        const ours = of.se! * Math.sqrt((n / (n - 1)) * (6747 / 6748))
        expect(Math.abs(share.se! - ours)).toBeLessThan(5e-6)
      }
    }
  })

  it('says how the weights were made, in the order of the definition', async () => {
    const { district } = await demandWhen(6748)
    expect(district.weighting.margins).toEqual([
      '社区',
      '年龄',
      '“Race and ethnicity”',
      '“Gender”',
      '“Highest education”',
    ])
    expect(district.weighting.converged).toBe(true)
    const published = readCsv('oakland/oakland2025_answers.csv').map(({ wt }) => Number(wt))
    expect(Math.abs(district.weighting.largest! - Math.max(...published))).toBeLessThan(5e-5)
  })

  it('composes a brief whose shares are those published for the council district', async () => {
    await demandWhen(6748)
    const entry = (await call('POST', 'sites/S1/briefs', { audience: 'staff' })).json()
    expect(entry.edition).toBe(1)
    const brief: Document = (await call('GET', 'sites/S1/briefs/1?format=json')).json()
    expect(JSON.stringify(brief)).toContain('按社区、年龄、“Race and ethnicity”、“Gender”、“Highest education”逐项')
    const table = brief.blocks.find((block) => block.kind === 'table' && block.code === 'needs')
    const expected = readJson('oakland/oakland2025_expected.json').q5_by_district['District 4']
    const demand: Demand = (await call('GET', 'communities/D4/demand')).json()
    const needs = (table?.kind === 'table' ? table.rows : []).map(([, need]) => partsOf(need!)[0] as Figure)
    const rows = new Map(needs.map((need) => [demand.services[Number(need.source.path[1])]!.service, need]))
    const services = Object.keys(expected).filter((service) => expected[service].p_weighted !== undefined)
    expect(services.length).toBe(8)
    for (const service of services) {
      expect(Math.abs(rows.get(service)!.value! - expected[service].p_weighted)).toBeLessThan(5e-6)
    }
    for (const format of ['docx', 'pdf', 'xlsx']) {
      const file = await call('GET', `sites/S1/briefs/1?format=${format}`)
      expect(file.statusCode).toBe(200)
      expect(file.rawPayload.length).toBeGreaterThan(10_000)
    }
  })
})
