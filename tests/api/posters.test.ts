import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { forDistrict } from '../../server/db/database.ts'
import { savePlaces } from '../../server/places/queries.ts'
import { staff } from '../setup/app.ts'
import { pictures, squares } from '../unit/documents/pdf-pictures.ts'
import { readPdf } from '../unit/documents/pdf-reader.ts'
import { type OpenDistrict, openDistrict } from './surveys-district.ts'

const publicUrl = 'https://ask.example.gov.cn'
const a4 = { widthPt: (210 / 25.4) * 72, heightPt: (297 / 25.4) * 72 }

let district: OpenDistrict
let code: string
beforeAll(async () => {
  district = await openDistrict(3, { publicUrl })
  const links = await district.call('GET', '/api/districts/YX/surveys/needs2026/links')
  code = (links.body as unknown as { code: string; community: string }[]).find((one) => one.community === 'C002')!.code
})
afterAll(() => district?.stop())

async function ask(path: string, headers: Record<string, string> = {}, remoteAddress = '127.0.0.1') {
  const url = `/api/districts/YX/surveys/${path}`
  return await district.running.app.inject({
    method: 'GET',
    url,
    headers: { host: '127.0.0.1', ...headers },
    remoteAddress,
  })
}

describe('a poster of a community', () => {
  test('is one A4 page as PDF with its fonts inside, named in Chinese for whoever saves it', async () => {
    const reply = await ask('needs2026/posters/C002')
    expect([reply.statusCode, reply.headers['content-type']]).toEqual([200, 'application/pdf'])
    expect(reply.rawPayload.subarray(0, 5).toString()).toBe('%PDF-')
    expect(decodeURIComponent(String(reply.headers['content-disposition']))).toContain('C002社区-海报.pdf')
    const { pages, fonts } = readPdf(reply.rawPayload)
    expect(pages.length).toBe(1)
    expect(pages[0]!.widthPt).toBeCloseTo(a4.widthPt, 0)
    expect(pages[0]!.heightPt).toBeCloseTo(a4.heightPt, 0)
    expect(fonts.length).toBeGreaterThan(0)
    for (const { name, embedded } of fonts)
      expect([name, embedded]).toEqual([expect.stringContaining('NotoSansSC'), true])
  })

  test('tells the community, the survey, the short code and where to type it', async () => {
    const { pages } = readPdf((await ask('needs2026/posters/C002')).rawPayload)
    for (const words of ['C002社区', '需求调查', code, 'ask.example.gov.cn/s', '凭回执码可随时撤回'])
      expect(pages[0]!.text).toContain(words)
    expect(pages[0]!.text).not.toContain('试印')
  })

  test('carries the QR code of that community’s address, square by square', async () => {
    const file = (await ask('needs2026/posters/C002')).rawPayload
    expect(pictures(file)).toEqual([squares(`${publicUrl}/s/${code}`)])
  })

  test('leads to a survey that opens: its short code is known', async () => {
    const { body } = await district.call('GET', `/api/s/${code}`, undefined, {})
    expect(body).toMatchObject({ survey: 'needs2026', community: 'C002' })
  })

  test('stays one page with names as long as they may be', async () => {
    const db = forDistrict(district.running.app.db, 1)
    const [known] = await db.selectFrom('communities').selectAll().where('district_id', '=', 1).limit(1).execute()
    const profile = known!.profile as never
    const place = { code: 'LONG', subdistrict: 'S01', name: '长'.repeat(80), kind: '', pilot: false, profile }
    await savePlaces(db, 1, 'communities', [place])
    for (const form of ['poster', 'cards']) {
      const { pages } = readPdf((await ask(`needs2026/posters/LONG?form=${form}`)).rawPayload)
      expect(pages.length).toBe(1)
      expect(pages[0]!.text).toContain('凭回执码可随时撤回')
    }
  })
})

describe('a sheet of table cards', () => {
  test('has the short code and the community four times, on one page', async () => {
    const reply = await ask('needs2026/posters/C002?form=cards')
    const { pages, fonts } = readPdf(reply.rawPayload)
    expect(pages.length).toBe(1)
    expect(pages[0]!.text.split(code).length - 1).toBe(4)
    expect(pages[0]!.text.split('C002社区').length - 1).toBe(4)
    expect(fonts.every(({ embedded }) => embedded)).toBe(true)
    expect(pictures(reply.rawPayload)[0]).toEqual(squares(`${publicUrl}/s/${code}`))
  })
})

describe('where the public address is not set', () => {
  test('the code leads to where the desk reached the server, and a sheet that no phone could open says so', async () => {
    const other = await openDistrict(1)
    try {
      const url = '/api/districts/YX/surveys/needs2026/posters/C001'
      const at = async (host: string) =>
        (await other.running.app.inject({ method: 'GET', url, headers: { ...staff, host } })).rawPayload
      const links = await other.call('GET', '/api/districts/YX/surveys/needs2026/links')
      const [link] = links.body as unknown as { code: string }[]
      const here = await at('127.0.0.1:3000')
      expect(pictures(here)).toEqual([squares(`http://127.0.0.1:3000/s/${link!.code}`)])
      expect(readPdf(here).pages[0]!.text).toContain('试印')
      const outside = await at('10.1.2.3:3000')
      expect(pictures(outside)).toEqual([squares(`http://10.1.2.3:3000/s/${link!.code}`)])
      expect(readPdf(outside).pages[0]!.text).not.toContain('试印')
    } finally {
      await other.stop()
    }
  })
})

describe('posters are refused', () => {
  const refusals: [string, string, number, string][] = [
    ['an unknown community', 'needs2026/posters/C999', 404, 'unknown_community'],
    ['an unknown survey', 'nothing/posters/C002', 404, 'unknown_survey'],
    ['a form that does not exist', 'needs2026/posters/C002?form=flag', 400, 'bad_request'],
    ['a code that cannot be one', 'needs2026/posters/%E7%A4%BE', 400, 'bad_request'],
  ]
  test.each(refusals)('for %s', async (_, path, status, name) => {
    const reply = await ask(path)
    expect([reply.statusCode, reply.json().code]).toEqual([status, name])
    expect(reply.json().message).toMatch(/\p{Script=Han}/u)
  })

  test('to somebody at another machine without the key', async () => {
    const reply = await ask('needs2026/posters/C002', {}, '10.0.0.9')
    expect([reply.statusCode, reply.json().code]).toEqual([401, 'sign_in_needed'])
  })

  test('with a wrong key, and given with the right one', async () => {
    const wrong = await ask('needs2026/posters/C002', { authorization: 'Bearer wrong-key-wrong-key' }, '10.0.0.9')
    expect([wrong.statusCode, wrong.json().code]).toEqual([401, 'key_needed'])
    expect((await ask('needs2026/posters/C002', staff, '10.0.0.9')).statusCode).toBe(200)
  })
})
