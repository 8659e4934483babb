import { randomUUID } from 'node:crypto'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hostilePhotos, plainPhoto } from '../checks/hostile-photos.ts'
import { staff } from '../setup/app.ts'
import { inTurn } from '../setup/turn.ts'
import { base, type Headers, newTicket, openWishes, type Wishes } from './wishes-district.ts'
import { filesOf, type Part, sendForm } from './wishes-forms.ts'
import { cameraPhoto, holds, jpegMarkers, oddPhotos, secrets } from './wishes-pictures.ts'

let house: Wishes
let stranger: Headers
let photo: Buffer
beforeAll(async () => {
  house = await openWishes()
  stranger = await house.byPhone('13600000099')
  photo = await plainPhoto()
})
afterAll(() => house?.stop())

const send = (path: string, parts: Part[], headers: Headers) => sendForm(house, path, parts, headers)

const add = (wish: string, content: Buffer | string, headers = house.courier, name = 'a.jpg') =>
  send(`${base}/${wish}/photos`, [['file', content, name]], headers)

const look = (wish: string, photo: string, headers: Headers = {}, area = base) =>
  house.app.inject({
    url: `/api${area}/${wish}/photos/${photo}`,
    headers: headers.cookie ? { 'sec-fetch-site': 'same-origin', ...headers } : headers,
  })

const kept = () => filesOf(house)

const state = async (wish: string) =>
  JSON.stringify((await house.look(`select photo_id, revision, state from wishes where id = '${wish}'`)).rows)

describe('a photo of a wish', () => {
  test('is upright and small, and says nothing of where, when and with what it was taken', async () => {
    const { wish } = await house.post()
    const sent = await cameraPhoto()
    expect(secrets.filter((word) => !holds(sent, word))).toEqual([])
    expect((await sharp(sent).metadata()).orientation).toBe(6)
    const { status, body } = await add(wish, sent)
    expect(status).toBe(201)
    const { rawPayload, headers } = await look(wish, body.photo, house.courier)
    expect(headers).toMatchObject({
      'content-type': 'image/jpeg',
      'x-content-type-options': 'nosniff',
      'content-disposition': expect.stringMatching(/^attachment; /),
      'cache-control': 'private, no-store',
    })
    expect(secrets.filter((word) => holds(rawPayload, word))).toEqual([])
    // JFIF's own header, tables and the frame: no EXIF, no ICC, no comment.
    expect(jpegMarkers(rawPayload).filter((marker) => !['e0', 'db', 'c0', 'c4'].includes(marker))).toEqual([])
    expect(await sharp(rawPayload).metadata()).toMatchObject({ width: 1_200, height: 1_600 })
  })

  test.each(Object.entries(oddPhotos))('comes out as a plain JPEG: %s', async (_, make) => {
    const { wish } = await house.post()
    const { status, body } = await add(wish, await make())
    expect(status, JSON.stringify(body)).toBe(201)
    const { rawPayload } = await look(wish, body.photo, house.courier)
    const { format, space, channels, width, height } = await sharp(rawPayload).metadata()
    expect([format, ['srgb', 'b-w'].includes(space!), channels! < 4, width, height]).toEqual([
      ...['jpeg', true, true, 300, 200],
    ])
  })

  test('can be taken away and replaced until it is approved, and counts as a change', async () => {
    const { wish } = await house.post()
    const first = (await add(wish, photo)).body.photo
    expect(await add(wish, photo)).toMatchObject({ status: 409, body: { code: 'one_photo' } })
    const remove = (id: string, body = {}, headers = house.courier) =>
      house.call('DELETE', `${base}/${wish}/photos/${id}`, body, headers)
    expect(await remove(first, {}, stranger)).toMatchObject({ status: 404, body: { code: 'unknown_wish' } })
    expect(await remove(randomUUID())).toMatchObject({ status: 404, body: { code: 'unknown_photo' } })
    expect(await remove(first)).toMatchObject({ status: 200, body: { removed: true } })
    expect((await look(wish, first, house.courier)).statusCode).toBe(404)
    const second = (await add(wish, photo, house.secretary.headers)).body.photo
    expect(await state(wish)).toContain('"revision":4')
    await house.approve(wish)
    expect(await remove(second)).toMatchObject({ status: 409, body: { code: 'wish_state' } })
    expect(await add(wish, photo)).toMatchObject({ status: 409, body: { code: 'wish_state' } })
    await house.call('POST', `${base}/${wish}/claims`, { id: randomUUID() }, house.volunteers.members[0]!.headers)
    expect(await remove(second)).toMatchObject({ status: 409, body: { code: 'wish_after_claim' } })
  })

  test('is added by nobody but its wisher, with a ticket before or behind it, and staff within reach', async () => {
    const { wish } = await house.post()
    const ticket = newTicket()
    const other = await house.post()
    await house.look(
      `update wishes set person_id = null, ticket_hash = sha256('${ticket}'::bytea) where id = '${other.wish}'`,
    )
    const unknown = { status: 404, body: { code: 'unknown_wish' } }
    for (const who of [{}, stranger, house.neighbour.headers, house.volunteers.members[0]!.headers])
      expect(await add(wish, photo, who)).toMatchObject(unknown)
    expect(await add(randomUUID(), photo)).toMatchObject(unknown)
    const path = `${base}/${other.wish}/photos`
    const wrong: Part[] = [
      ['ticket', newTicket()],
      ['file', photo, 'a.jpg'],
    ]
    expect(await send(path, wrong, {})).toMatchObject(unknown)
    const right: Part[] = [
      ['file', photo, 'a.jpg'],
      ['ticket', ticket],
    ]
    const { status, body } = await send(path, right, {})
    expect(status).toBe(201)
    const own = (shown: string) =>
      house.app.inject({ method: 'POST', url: `/api${path}/${body.photo}`, payload: { ticket: shown } })
    expect((await own(ticket)).rawPayload.subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]))
    expect((await own(newTicket())).json().code).toBe('unknown_photo')
    expect((await look(other.wish, body.photo)).statusCode).toBe(404)
  })

  test('is seen by its wisher and staff within reach before it is approved, then by everybody, and under its own wish alone', async () => {
    const { wish } = await house.post({ publish: false })
    const elsewhere = await house.open()
    const id = (await add(wish, photo)).body.photo
    const statuses = async () => {
      const asked = [{}, stranger, house.neighbour.headers, house.courier, house.secretary.headers, staff]
      return await Promise.all(asked.map(async (who) => (await look(wish, id, who as Headers)).statusCode))
    }
    expect(await statuses()).toEqual([404, 404, 404, 200, 200, 200])
    await house.approve(wish)
    expect(await statuses()).toEqual([200, 200, 200, 200, 200, 200])
    for (const [under, area] of [
      [elsewhere.wish, base],
      [randomUUID(), base],
      [wish, '/districts/LH/wishes'],
    ] as const)
      expect((await look(under, id, {}, area)).json().code).toBe('unknown_photo')
    expect((await look(wish, randomUUID())).json().code).toBe('unknown_photo')
    expect((await look(wish, id.toUpperCase())).statusCode).toBe(200)
  })

  test.each(Object.entries(hostilePhotos))('is refused by name, and nothing is kept: %s', async (_, make) => {
    const { wish } = await house.post()
    const [files, before] = [kept(), await state(wish)]
    const { status, body } = await add(wish, await make(), house.courier, '../../../tmp/yixu-planted.jpg')
    expect([status, body.code]).toEqual([422, 'wrong_photo'])
    expect(body.message).toMatch(/\p{Script=Han}/u)
    expect([kept(), await state(wish)]).toEqual([files, before])
  })

  test('is refused by name where the form is wrong or too large', async () => {
    const { wish } = await house.post()
    const [files, before] = [kept(), await state(wish)]
    const path = `${base}/${wish}/photos`
    const cases: [Part[], number, string][] = [
      [[], 422, 'wrong_photo'],
      [[['ticket', newTicket()]], 422, 'wrong_photo'],
      [[['photo', photo, 'a.jpg']], 422, 'wrong_photo'],
      [[['__proto__', photo, 'a.jpg']], 422, 'wrong_photo'],
      [[['file', 'not a file']], 422, 'wrong_photo'],
      [
        [
          ['file', photo, 'a.jpg'],
          ['publish', 'true'],
        ],
        ...([422, 'wrong_photo'] as const),
      ],
      [
        [
          ['file', photo, 'a.jpg'],
          ['file', photo, 'b.jpg'],
        ],
        ...([422, 'wrong_photo'] as const),
      ],
      [[['file', Buffer.concat([photo, Buffer.alloc(30e6)]), 'a.jpg']], 413, 'photo_too_large'],
    ]
    for (const [parts, status, code] of cases) {
      const answer = await send(path, parts, house.courier)
      expect([answer.status, answer.body.code]).toEqual([status, code])
    }
    const json = await house.call('POST', path, {}, house.courier)
    expect([json.status, json.body.code]).toEqual([415, 'wrong_media_type'])
    expect([kept(), await state(wish)]).toEqual([files, before])
  })

  test('goes with a wish that comes to nothing', async () => {
    const { wish } = await house.post()
    const files = kept()
    const id = (await add(wish, photo)).body.photo
    expect((await house.call('POST', `${base}/${wish}/withdrawal`, {}, house.courier)).status).toBe(200)
    expect((await look(wish, id, house.courier)).statusCode).toBe(404)
    await expect.poll(kept, { timeout: 5_000 }).toBe(files)
  })

  test('keeps nobody waiting: the server answers others while a large one is made small', async () => {
    await inTurn('speed', async () => {
      const { wish } = await house.post()
      const large = await sharp({ create: { width: 7_500, height: 8_000, channels: 3, background: '#395' } })
        .png()
        .toBuffer()
      const adding = add(wish, large)
      const waits: number[] = []
      let isAdded = false
      void adding.finally(() => {
        isAdded = true
      })
      while (!isAdded) {
        const from = performance.now()
        await new Promise((resolve) => setTimeout(resolve, 5))
        waits.push(performance.now() - from)
      }
      expect((await adding).status).toBe(201)
      expect(Math.max(...waits)).toBeLessThan(300)
    })
  })
})
