import { createHash } from 'node:crypto'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import ExcelJS from 'exceljs'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { forDistrict } from '../../server/db/database.ts'
import { createDistrict, savePlaces } from '../../server/places/queries.ts'
import { addJob } from '../../server/platform/jobs.ts'
import type { Export, Format } from '../../shared/exports/api.ts'
import { shippedCatalogue } from '../../shared/places/catalogue.ts'
import type { Json } from '../../shared/surveys/definition.ts'
import { definition } from '../load/answers.ts'
import { staff } from '../setup/app.ts'
import { line, readCsv, readSav, savTexts } from './exports-readers.ts'
import { administrator, at, begin, browser } from './people-district.ts'
import { type OpenDistrict, openDistrict } from './surveys-district.ts'

const base = '/api/districts/YX/surveys/needs2026/exports'
const purpose = '年度分析'
const phone = '13800138000'

let district: OpenDistrict
beforeAll(async () => {
  district = await openDistrict(3)
  const more = { version: 2 }
  for (let n = 0; n < 60; n += 1) await sent({})
  await sent({ community: 'C003' }, { age: '80+', sex: 'unstated' })
  await district.publish({ title: '需求调查', definition: changed(definition as Json) })
  for (let n = 0; n < 60; n += 1) await sent(more, { colour: 'other', 'colour-Comment': `=1+1 打${phone}` })
  const db = forDistrict(district.running.app.db, 1)
  const place = { block: null, name: '小区', lat: 30.5 }
  await savePlaces(db, 1, 'compounds', [
    { ...place, code: 'X1', community: 'C001', lon: 104, households: 300 },
    { ...place, code: 'X2', community: 'C001', lon: 105, households: 100 },
  ])
}, 60_000)
afterAll(() => district?.stop())

/** The second version asks one question less and one more, whose words begin like a formula. */
function changed(first: Json): Json {
  const pages = (first.pages as Json[]).map((page) => {
    const elements = (page.elements as Json[]).filter(({ name }) => name !== 'elders')
    return { ...page, elements }
  })
  const colour = {
    type: 'radiogroup',
    name: 'colour',
    title: '=颜色',
    choices: [{ value: 'red', text: '=红' }],
    showOtherItem: true,
  }
  return { ...first, pages: [...pages, { name: 'more', elements: [colour] }] }
}

async function sent(more: object, answers: Json = {}): Promise<void> {
  const one = district.make(more)
  const { elders, ...rest } = one.answers as Json
  const own = one.version === 2 ? rest : { elders, ...rest }
  const { status, body } = await district.send({ ...one, answers: { ...own, ...answers } }, staff)
  if (status !== 201) throw new Error(JSON.stringify(body))
}

const call = (method: string, url: string, body?: unknown) => district.call(method, url, body, staff)

async function asked(format: Format, more: object = {}): Promise<Export> {
  const figures = format === 'geojson'
  const given = figures ? { edition: 'staff', purpose, ...more } : { format, purpose, ...more }
  const { status, body } = await call('POST', `${base}/${figures ? 'figures' : 'microdata'}`, given)
  if (status !== 201) throw new Error(JSON.stringify(body))
  return body as unknown as Export
}

async function ended(id: string): Promise<Export & { columns: { id: string; title: string }[] }> {
  for (;;) {
    const { body } = await call('GET', `${base}/${id}`)
    const found = body as unknown as Export & { columns: { id: string; title: string }[] }
    if (!['waiting', 'running'].includes(found.status)) return found
    await sleep(50)
  }
}

async function made(format: Format, more: object = {}) {
  const found = await ended((await asked(format, more)).id)
  if (found.status !== 'done') throw new Error(`${found.status}: ${found.problem}`)
  const reply = await district.running.app.inject({ url: `${base}/${found.id}/file`, headers: staff })
  expect(reply.statusCode).toBe(200)
  expect(reply.rawPayload).toHaveLength(found.bytes!)
  return { ...found, file: reply.rawPayload, headers: reply.headers }
}

const sha256 = (text: string | Buffer) => createHash('sha256').update(text).digest('hex')
/** A row as the words of the export say that it is written for the checksum. */
const strength = (rows: unknown[][]) => {
  const classes = new Map<string, number>()
  for (const row of rows) classes.set(JSON.stringify(row), (classes.get(JSON.stringify(row)) ?? 0) + 1)
  return Math.min(...classes.values())
}

describe('microdata of 121 answers to two versions', () => {
  test('as CSV: every reader finds the rows, the count and the checksum, and nothing that a spreadsheet would run', async () => {
    const { file, rowsTotal, sha256: told, columns, headers } = await made('csv')
    expect(file.subarray(0, 3).toString('hex')).toBe('efbbbf')
    expect(headers['content-disposition']).toContain("filename*=UTF-8''")
    const [heading, ...rows] = readCsv(file.toString().slice(1))
    const seal = /^行数=(\d+);SHA-256=([0-9a-f]{64})$/.exec(heading!.at(-1)!)!
    expect([Number(seal[1]), rows.length, rowsTotal]).toEqual([121, 121, 121])
    expect(sha256(file.subarray(file.indexOf('\r\n') + 2))).toBe(seal[2])
    expect(told).toBe(seal[2])
    expect(heading!.slice(0, -1)).toEqual(columns.map(({ id }) => id))
    const at = (id: string) => heading!.indexOf(id)
    expect(
      strength(rows.map((row) => ['subdistrict', 'community', 'age', 'sex'].map((id) => row[at(id)]))),
    ).toBeGreaterThanOrEqual(5)
    expect(rows.filter((row) => row[at('version')] === '2')).toHaveLength(60)
    // Dropped by the second version, and new in it.
    expect(rows.filter((row) => row[at('elders.none')] !== '' && row[at('version')] === '2')).toEqual([])
    expect(new Set(rows.map((row) => row[at('colour')]))).toEqual(new Set(['', '其他']))
    expect(new Set(rows.map((row) => row[at('colour-Comment')]))).toEqual(new Set(['', "'=1+1 打〔电话〕"]))
    expect(rows.flat().filter((cell) => /^[=+\-@\t\r＝＋－＠]/.test(cell) && !/^-?\d+$/.test(cell))).toEqual([])
    for (const id of ['circumstances', 'receipt', 'device', 'slip', 'id'])
      expect(heading!.join(',')).not.toMatch(new RegExp(`(^|,)${id}([.,]|$)`))
    expect(file.toString()).not.toContain(phone)
  })

  test('as XLSX: the same with words for people, no formula, and a sheet that says what was done', async () => {
    const { file, sha256: told, about } = await made('xlsx')
    const book = new ExcelJS.Workbook()
    await book.xlsx.load(file as never)
    expect(book.worksheets.map(({ name }) => name)).toEqual(['数据', '列说明', '导出说明'])
    const [data, list, said] = book.worksheets
    const cells = (row: ExcelJS.Row, length: number) =>
      Array.from({ length }, (_, at) => (row.getCell(at + 1).value ?? null) as string | number | null)
    const ids = cells(data!.getRow(1), data!.columnCount)
    const rows = Array.from({ length: data!.rowCount - 2 }, (_, at) => cells(data!.getRow(at + 3), ids.length))
    expect(rows).toHaveLength(121)
    expect(sha256(rows.map(line).join(''))).toBe(told)
    expect(cells(data!.getRow(2), ids.length)[ids.indexOf('colour')]).toBe('=颜色')
    expect(list!.getColumn(1).values.slice(2)).toEqual(ids)
    const words = JSON.stringify(said!.getSheetValues())
    for (const each of ['121', told!, ...about]) expect(words).toContain(each)
    const parts = Object.entries(unzipSync(file)).filter(([name]) => name.endsWith('.xml'))
    expect(parts.filter(([, part]) => /<f[\s>]/.test(Buffer.from(part).toString()))).toEqual([])
  })

  test('as SPSS: names, Chinese labels, texts whole, the count and the checksum', async () => {
    const { file, sha256: told, columns } = await made('sav')
    const reader = await readSav(file)
    const { meta } = reader
    expect(meta.header.n_cases).toBe(121)
    expect(meta.header.fileLabel).toBe(told)
    expect(file.includes(Buffer.from(`SHA-256=${told}`))).toBe(true)
    expect(meta.sysvars.map(({ label }) => label)).toEqual(columns.map(({ title }) => title))
    const labels = (name: string) => meta.getValueLabels(name)?.map(({ label }) => label)
    expect(labels('sex')).toEqual(['男', '女', '不愿说'])
    expect(labels('colour')).toEqual(['=红', '其他'])
    expect(labels('met.elder_care')).toContain('完全没有')
    savTexts(reader)
    const rows = await reader.readAllRows(true)
    expect(rows).toHaveLength(121)
    const names = meta.sysvars.map(({ name }) => name)
    expect(sha256(rows.map((row) => line(names.map((name) => savTexts.read(row[name]!)))).join(''))).toBe(told)
    expect(new Set(rows.map((row) => savTexts.read(row.colour_Comment!)))).toEqual(new Set(['', '=1+1 打〔电话〕']))
  })

  test('with excluded answers where they are asked for, and a column that says so', async () => {
    await district.pool.query(
      `update responses set review = 'excluded' where id in (select id from responses where version = 1 limit 20)`,
    )
    const without = await made('csv')
    const all = await made('csv', { excluded: true })
    expect([without.rowsTotal, all.rowsTotal]).toEqual([101, 121])
    const [heading, ...rows] = readCsv(all.file.toString().slice(1))
    const at = heading!.indexOf('review')
    expect(rows.filter((row) => row[at] === '排除')).toHaveLength(20)
    await district.pool.query(`update responses set review = 'kept'`)
  })
})

test('figures as GeoJSON: each community at the centre of its households, for staff with counts, for all without', async () => {
  const { file, sha256: told } = await made('geojson')
  const text = file.toString()
  const map = JSON.parse(text)
  expect([map.export.rows, map.features.length, map.export.edition]).toEqual([3, 3, 'staff'])
  expect(sha256(text.slice(text.indexOf('"features":') + 11, text.lastIndexOf(']') + 1))).toBe(told)
  expect(map.export.sha256).toBe(told)
  const [first, second] = map.features
  expect(first.geometry).toEqual({ type: 'Point', coordinates: [104.25, 30.5] })
  expect(second.geometry).toBeNull()
  expect(first.properties.elder_care_need).toBeGreaterThan(0)
  expect(first.properties.elder_care_need_n).toBeGreaterThan(0)
  const open = JSON.parse((await made('geojson', { edition: 'public' })).file.toString())
  expect(open.export.about.join('')).toContain('公开版')
  expect(Object.keys(open.features[0].properties).filter((name) => /_n$/.test(name))).toEqual([])
})

test('an export is written down with its purpose, and so are its rows and each download', async () => {
  const { id } = await made('csv')
  const { rows } = await district.pool.query(
    `select action, purpose, after from audit_entries where subject = $1 order by seq`,
    [`export:${id}`],
  )
  expect(rows.map(({ action }) => action)).toEqual([
    'POST /api/districts/:district/surveys/:survey/exports/microdata',
    'export:made',
    'GET /api/districts/:district/surveys/:survey/exports/:export/file',
  ])
  expect(rows[0].purpose).toBe(purpose)
  expect(JSON.parse(rows[1].after)).toMatchObject({ rows: 121 })
})

test('what cannot be had is refused with words that say what to do', async () => {
  const nobody = '00000000-0000-4000-8000-000000000000'
  const codes = async (method: string, url: string, body?: unknown) => {
    const reply = await call(method, url, body)
    return [reply.status, reply.body.code]
  }
  expect(await codes('GET', `${base}/${nobody}`)).toEqual([404, 'unknown_export'])
  expect(await codes('GET', `${base}/${nobody}/file`)).toEqual([404, 'unknown_export'])
  expect(await codes('POST', `${base.replace('needs2026', 'other')}/microdata`, { format: 'csv', purpose })).toEqual([
    404,
    'unknown_survey',
  ])
  expect(await codes('POST', `${base}/microdata`, { format: 'csv' })).toEqual([400, 'bad_request'])
  // Nobody can read answers meanwhile, so that no export ends before the last is asked for.
  const holding = await district.pool.connect()
  await holding.query('BEGIN; LOCK TABLE responses')
  const many = await Promise.all(
    Array.from({ length: 8 }, () => call('POST', `${base}/microdata`, { format: 'csv', purpose })),
  )
  await holding.query('COMMIT')
  holding.release()
  expect(many.filter(({ status }) => status === 201)).toHaveLength(3)
  expect(many.filter(({ body }) => body.code === 'exports_waiting')).toHaveLength(5)
  for (const { status, body } of many) if (status === 201) await ended(body.id!)
  await district.publish(undefined, 'empty')
  const { body } = await call('POST', `${base.replace('needs2026', 'empty')}/microdata`, { format: 'csv', purpose })
  for (;;) {
    const found = (await call('GET', `${base.replace('needs2026', 'empty')}/${body.id}`)).body as unknown as Export
    if (found.status === 'failed') {
      expect(found.problem).toContain('还没有答卷')
      break
    }
    await sleep(50)
  }
  expect(await codes('GET', `${base.replace('needs2026', 'empty')}/${body.id}/file`)).toEqual([410, 'export_gone'])
})

test('answers are for administrators, figures for whoever may read them within reach, files for who made them; other districts see none', async () => {
  const { running } = district
  const house = { ...running, browser: (address?: string) => browser(running, address) }
  const { id } = await made('csv')
  const admin = await administrator(house)
  const secretary = await begin(house, await admin.add('zhao.secretary', at('secretary', 'C001')))
  const url = base.replace('/api', '')
  expect(await secretary.call('POST', `${url}/microdata`, { format: 'csv', purpose })).toMatchObject({ status: 403 })
  expect(await secretary.call('GET', `${url}/${id}`)).toMatchObject({ status: 404, body: { code: 'unknown_export' } })
  expect((await admin.call('GET', `${url}/${id}`)).status).toBe(200)
  const { body } = await secretary.call('POST', `${url}/figures`, { edition: 'staff', purpose })
  const done = await ended(body.id)
  expect([done.status, done.rowsTotal]).toEqual(['done', 1])
  expect((await secretary.call('GET', url)).body).toHaveLength(1)
  expect((await admin.call('GET', url)).body.length).toBeGreaterThan(1)
  const elsewhere = forDistrict(running.app.db, 2)
  await createDistrict(elsewhere, { id: 2, code: 'LH', name: '临湖区', demo: false }, shippedCatalogue())
  const other = await call('GET', `${base.replace('YX', 'LH')}/${id}`)
  expect([other.status, other.body.code]).toEqual([404, 'unknown_export'])
  expect((await admin.call('GET', url.replace('YX', 'LH'))).status).toBe(404)
})

test('cancelled half-way, an export leaves nothing, and says so to whoever asks for the file', async () => {
  await district.pool.query(`insert into responses (district_id, id, survey_code, version, community_code, channel, proxy, started_at,
      submitted_at, received_at, consent_version, answers)
    select 1, gen_random_uuid(), survey_code, version, community_code, channel, proxy, started_at, submitted_at, received_at,
      consent_version, answers from responses, generate_series(1, 200) where version = 1`)
  const { id } = await asked('xlsx')
  const running = async () => {
    const { body } = await call('GET', `${base}/${id}`)
    return body as unknown as Export
  }
  let seen = await running()
  while (seen.rowsDone === 0) {
    await sleep(20)
    seen = await running()
  }
  expect(seen.rowsDone).toBeLessThan(seen.rowsTotal!)
  expect((await call('GET', `${base}/${id}/file`)).body.code).toBe('export_not_ready')
  const { status, body } = await call('DELETE', `${base}/${id}`)
  expect([status, body]).toMatchObject([200, { status: 'cancelled' }])
  expect((await call('GET', `${base}/${id}/file`)).body.code).toBe('export_gone')
  const folder = join(district.running.dataDir, 'exports')
  const files = async () => (await readdir(folder, { recursive: true })).filter((name) => name.includes(id))
  for (let n = 0; n < 100 && (await files()).length > 0; n += 1) await sleep(50)
  expect(await files()).toEqual([])
  expect((await running()).status).toBe('cancelled')
  // The job is taken up again after a crash, and what the crash left half-written goes with it.
  await writeFile(join(folder, '1', id.slice(0, 2), `${id}.new`), 'half')
  await addJob(forDistrict(district.running.app.db, 1), 'make-export', { districtId: 1, id })
  for (let n = 0; n < 100 && (await files()).length > 0; n += 1) await sleep(50)
  expect(await files()).toEqual([])
})
