import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildPages } from '../setup/browser.ts'
import { type OpenDistrict, openDistrict } from './surveys-district.ts'

const browsers = { 'accept-encoding': 'gzip, deflate, br, zstd' }

describe('what goes over the wire', () => {
  let district: OpenDistrict
  beforeAll(async () => {
    // The pages are looked for when the server is made.
    await buildPages()
    district = await openDistrict()
  })
  afterAll(() => district?.stop())

  const read = (url: string, headers: object = browsers, method: 'GET' | 'HEAD' = 'GET') =>
    district.running.app.inject({ method, url, headers: headers as never })

  it('is compressed where something is read and the reader can unpack it, whether long or short', async () => {
    // The table is long enough to be packed piece by piece, the questionnaire is packed in one go.
    for (const url of ['/api/districts/YX/demand', '/api/districts/YX/surveys/needs2026', '/openapi.json']) {
      const plain = await read(url, {})
      const brotli = await read(url)
      const gzip = await read(url, { 'accept-encoding': 'gzip' })
      expect(plain.headers['content-encoding']).toBeUndefined()
      expect([brotli.headers['content-encoding'], gzip.headers['content-encoding']]).toEqual(['br', 'gzip'])
      expect(brotliDecompressSync(brotli.rawPayload).toString()).toBe(plain.body)
      expect(gunzipSync(gzip.rawPayload).toString()).toBe(plain.body)
      expect(brotli.headers.vary).toContain('accept-encoding')
      expect(brotli.headers['content-type']).toBe(plain.headers['content-type'])
      expect(brotli.rawPayload.length).toBeLessThan(plain.rawPayload.length / 2)
      expect((await read(url, browsers, 'HEAD')).statusCode).toBe(200)
    }
  })

  it('is left as it is where it is a few words, and where somebody sends something', async () => {
    expect((await read('/api/districts')).headers['content-encoding']).toBeUndefined()
    expect((await read('/api/districts/YX/surveys/none')).headers['content-encoding']).toBeUndefined()
    const answers = { ...Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`unknown_question_${i}`, 'x'])) }
    const long = await district.send(district.make({ answers }), browsers)
    expect(JSON.stringify(long.body).length).toBeGreaterThan(1_024)
    expect(long.headers['content-encoding']).toBeUndefined()
    const taken = await district.send(district.make(), browsers)
    expect([taken.status, taken.headers['content-encoding']]).toEqual([201, undefined])
  })

  it('is packed once where the pages were packed when they were built', async () => {
    const page = await read('/s')
    expect(page.headers['content-encoding']).toBe('br')
    const html = brotliDecompressSync(page.rawPayload).toString()
    const script = await read(/\/assets\/[^"]+\.js/.exec(html)![0])
    expect(script.headers['content-encoding']).toBe('br')
    expect(brotliDecompressSync(script.rawPayload).toString()).toContain('import')
  })

  it('holds files as they are: a workbook is packed already', async () => {
    const { headers, rawPayload } = await read('/api/districts/YX/imports/communities/template', {
      ...browsers,
      authorization: `Bearer ${district.running.app.rules.staffKey}`,
    })
    expect(headers['content-encoding']).toBeUndefined()
    expect(rawPayload.subarray(0, 2).toString()).toBe('PK')
  })
})
