import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import fastify, { type FastifyInstance } from 'fastify'
import { zipSync } from 'fflate'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { forDistrict, openDatabase } from '../../server/db/database.ts'
import { answerErrors } from '../../server/errors.ts'
import type { FileKind } from '../../server/platform/file-kinds.ts'
import { openFiles } from '../../server/platform/files.ts'
import { openJobs } from '../../server/platform/jobs.ts'
import { refuse } from '../../server/refusals.ts'
import { copyDatabase, type DatabaseCopy } from '../setup/database.ts'

let app: FastifyInstance
let database: DatabaseCopy
let dataDir: string
beforeEach(async () => {
  database = await copyDatabase()
  dataDir = await mkdtemp(join(tmpdir(), 'yixu-files-'))
  app = fastify()
  answerErrors(app)
  await openDatabase(app, database.url)
  openJobs(app)
  openFiles(app, dataDir)
  // As a room would serve its files: it alone knows who may read what.
  app.get<{ Params: { id: string } }>('/files/:id', ({ params, headers }, reply) =>
    app.files.send(reply, { districtId: 1, id: params.id }, async ({ subject }) => {
      if (headers['x-owner'] !== subject) throw refuse.unknownFile()
    }),
  )
  await app.ready()
  const owner = new pg.Client(database.url)
  await owner.connect()
  await owner.query(`insert into districts (id, code, name) values (1, 'YX', '测试区'), (2, 'LH', '临湖区')`)
  await owner.end()
})
afterEach(async () => {
  await app.close()
  await database.drop()
  await rm(dataDir, { recursive: true, force: true })
})

const images: FileKind[] = ['image/png', 'image/jpeg', 'image/webp']
const all: FileKind[] = [
  ...images,
  'application/pdf',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
]

function keep(content: Buffer, name = '照片.png', kinds: FileKind[] = all, districtId = 1) {
  return app.files.keep(
    forDistrict(app.db, districtId),
    { districtId, subject: 'wish:1', name, content, kinds },
    new Date(),
  )
}

function onDisk(): Promise<string[]> {
  return readdir(join(dataDir, 'files'), { recursive: true, withFileTypes: true }).then(
    (found) => found.filter((entry) => entry.isFile()).map(({ name }) => name),
    () => [],
  )
}

function png(width = 2, height = 2): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(data.length)
    sum.writeUInt32BE(crc32(body))
    return Buffer.concat([length, body, sum])
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 0, 0, 0, 0], 8)
  const pixels = deflateSync(Buffer.alloc(16))
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))])
}

function jpeg(width = 2, height = 2): Buffer {
  const frame = Buffer.from([0xff, 0xc0, 0, 11, 8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0])
  const note = Buffer.from([0xff, 0xe0, 0, 4, 1, 2])
  return Buffer.concat([Buffer.from([0xff, 0xd8]), note, frame, Buffer.from([0xff, 0xd9])])
}

function webp(): Buffer {
  const file = Buffer.alloc(30)
  file.write('RIFF', 0)
  file.writeUInt32LE(22, 4)
  file.write('WEBPVP8X', 8)
  return file
}

const pdf = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n')
const office = (folder: string, more = {}) =>
  Buffer.from(
    zipSync({ '[Content_Types].xml': new Uint8Array(1), [`${folder}/document.xml`]: new Uint8Array(1), ...more }),
  )

describe('a file', () => {
  test('is kept under a name of ours, readable by the server alone, and comes back as it was', async () => {
    const file = await keep(png(), '../../etc/大门 "东侧".png')
    expect(file).toMatchObject({ name: '大门 东侧.png', kind: 'image/png', sizeBytes: png().length })
    expect(await onDisk()).toEqual([file.id])
    const reply = await app.inject({ url: `/files/${file.id}`, headers: { 'x-owner': 'wish:1' } })
    expect(reply.rawPayload.equals(png())).toBe(true)
    expect(reply.headers).toMatchObject({
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    })
    expect(reply.headers['content-disposition']).toMatch(/^attachment; /)
    const names = await onDisk()
    expect(await readFile(join(dataDir, 'files', '1', file.id.slice(0, 2), names[0]!))).toEqual(png())
  })

  test('is never sent without the word of the room that keeps it, nor to another district', async () => {
    const mine = await keep(png())
    const foreign = await keep(png(), 'x.png', all, 2)
    const ask = async (id: string, owner: string) =>
      (await app.inject({ url: `/files/${id}`, headers: { 'x-owner': owner } })).json().code
    expect(await ask(mine.id, 'wish:2')).toBe('unknown_file')
    expect(await ask(foreign.id, 'wish:1')).toBe('unknown_file')
    expect(await ask('2b1c7a58-8f5e-4c7e-9f37-111111111111', 'wish:1')).toBe('unknown_file')
  })

  test('whose transaction fails can be read by nobody, and its content is swept up later', async () => {
    const failing = forDistrict(app.db, 1)
      .transaction()
      .execute(async (one) => {
        const content = png()
        await app.files.keep(one, { districtId: 1, subject: 'wish:1', name: 'a.png', content, kinds: all }, new Date())
        throw new Error('no')
      })
    await expect(failing).rejects.toThrow('no')
    const kept = await keep(png())
    const names = await onDisk()
    expect(names.length).toBe(2)
    const [lost] = names.filter((name) => name !== kept.id)
    expect((await app.inject({ url: `/files/${lost}`, headers: { 'x-owner': 'wish:1' } })).statusCode).toBe(404)
    const long = new Date(Date.now() - 8 * 86_400_000)
    for (const id of names) await utimes(join(dataDir, 'files', '1', id.slice(0, 2), id), long, long)
    await app.pg.query(`select graphile_worker.add_job('sweep-files')`)
    await vi.waitFor(async () => expect(await onDisk()).toEqual([kept.id]), { timeout: 8_000, interval: 50 })
  })

  test('that was still coming in when the server died goes with the sweep, and one that is coming in now stays', async () => {
    const left = join(dataDir, 'incoming', 'in-left')
    await mkdir(left, { recursive: true })
    await writeFile(join(left, '0'), 'half')
    await utimes(left, new Date(0), new Date(Date.now() - 2 * 3_600_000))
    await app.files.withScratch(async (folder) => {
      await writeFile(join(folder, '0'), 'half')
      await app.pg.query(`select graphile_worker.add_job('sweep-files')`)
      const there = () => readdir(join(dataDir, 'incoming'))
      await vi.waitFor(async () => expect(await there()).toEqual([basename(folder)]), { timeout: 8_000, interval: 50 })
    })
    expect(await readdir(join(dataDir, 'incoming'))).toEqual([])
  })

  test('is gone from the disk soon after it was forgotten', async () => {
    await keep(png())
    await keep(jpeg())
    await forDistrict(app.db, 1)
      .transaction()
      .execute((one) => app.files.forget(one, 1, 'wish:1'))
    await vi.waitFor(async () => expect(await onDisk()).toEqual([]), { timeout: 5_000, interval: 50 })
  })
})

describe('what a file is', () => {
  const sheet = office('xl')
  const page = office('word')
  test.each([
    ['image/png', png()],
    ['image/jpeg', jpeg()],
    ['image/webp', webp()],
    ['application/pdf', pdf],
    ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', sheet],
    ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', page],
  ])('is found in its content: %s', async (kind, content) => {
    expect((await keep(content, 'whatever.exe')).kind).toBe(kind)
  })

  const script = Buffer.from('<script>alert(1)</script>')
  test.each([
    ['an SVG with a script', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
    ['a page', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['a page that begins like a picture', Buffer.concat([Buffer.from('GIF89a'), script])],
    ['a picture that goes on as a page', Buffer.concat([png(), script])],
    ['a photograph that goes on as an archive', Buffer.concat([jpeg(), office('word')])],
    ['a document that goes on as a page', Buffer.concat([pdf, script])],
    ['a page that goes on as an archive', Buffer.concat([script, office('word')])],
    ['a picture too large to unpack', png(30_000, 30_000)],
    ['a photograph too large to unpack', jpeg(30_000, 30_000)],
    ['half a photograph', jpeg().subarray(0, 6)],
    ['a document with programs', office('word', { 'word/vbaProject.bin': new Uint8Array(1) })],
    ['an archive that leads out of its folder', office('word', { '../../evil': new Uint8Array(1) })],
    ['any archive', Buffer.from(zipSync({ 'a.txt': new Uint8Array(1) }))],
    ['nothing', Buffer.alloc(0)],
  ])('is refused and leaves nothing behind: %s', async (_what, content) => {
    await expect(keep(content)).rejects.toMatchObject({ code: 'wrong_file', status: 422 })
    expect(await onDisk()).toEqual([])
  })

  test('has to be welcome where it is handed in', async () => {
    await expect(keep(pdf, 'x.pdf', images)).rejects.toMatchObject({ code: 'wrong_file' })
  })
})
