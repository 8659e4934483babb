import { randomUUID } from 'node:crypto'
import { plainPhoto } from '../checks/hostile-photos.ts'
import { staff } from '../setup/app.ts'
import type { OpenDistrict } from './surveys-district.ts'

const base = '/api/districts/{district}'
const one = `${base}/wishes/{wish}`
const photos = `${one}/photos`
const photo = `${photos}/{photo}`
const none = randomUUID()
const wanted = { kind: 'goods', text: '手套', where: null, cost: 'none', neededBy: null, service: null }

/** Bodies in which nothing is wrong. */
export const soundFulfilment: Record<string, object> = {
  [`POST ${photo}`]: { ticket: 'A'.repeat(43) },
  [`DELETE ${photo}`]: {},
  [`POST ${one}/confirmation`]: { done: true, reason: '本人托付' },
  [`POST ${one}/reopening`]: { reason: '还差一只' },
}

interface Sent {
  params?: Record<string, string>
  body?: unknown
  headers?: Record<string, string>
}
// biome-ignore lint/suspicious/noExplicitAny: each call knows what it asked for
type Ask = (call: string, sent?: Sent) => Promise<{ json(): any }>

/** A form with one file and these fields, as bytes. */
async function form(content: Buffer | string, fields: Record<string, string> = {}) {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields)) data.append(name, value)
  data.append('file', new Blob([content as BlobPart]), 'a.jpg')
  const encoded = new Response(data)
  return { type: encoded.headers.get('content-type')!, body: Buffer.from(await encoded.arrayBuffer()) }
}

/** What calls about photos, evidence and confirmation may answer beyond what is asked of all; `holder` may claim. */
export async function askForFulfilment(
  ask: Ask,
  { pool }: Pick<OpenDistrict, 'pool'>,
  holder: Record<string, string>,
): Promise<void> {
  const wish = randomUUID()
  const params = { wish }
  const picture = await plainPhoto(64, 48)
  const send = async (
    call: string,
    who: Record<string, string>,
    content: Buffer | string,
    fields = {},
    of = params,
  ) => {
    const { type, body } = await form(content, fields)
    return await ask(call, { params: of, headers: { ...who, 'content-type': type }, body })
  }
  const posted = { id: wish, community: 'C001', ...wanted, contact: '13900000001' }
  await ask(`POST ${base}/wishes`, { body: posted })
  await send(`POST ${photos}`, staff, picture, {}, { wish: none })
  await send(`POST ${one}/evidence`, holder, picture, {}, { wish: none })
  await send(`POST ${photos}`, staff, '不是照片')
  const own = { ...params, photo: (await send(`POST ${photos}`, staff, picture)).json().photo }
  await send(`POST ${photos}`, staff, picture)
  for (const of of [own, { ...params, photo: none }]) await ask(`GET ${photo}`, { params: of })
  const body = soundFulfilment[`POST ${photo}`]
  for (const of of [own, { ...params, photo: none }]) await ask(`POST ${photo}`, { params: of, body })
  await ask(`DELETE ${photo}`, { params: own, body: {} })
  const again = { ...params, photo: (await send(`POST ${photos}`, staff, picture)).json().photo }
  await ask(`PUT ${one}/moderation`, { params, body: { revision: 4, decision: 'approve' } })
  for (const of of [again, { ...params, photo: none }]) await ask(`DELETE ${photo}`, { params: of, body: {} })
  await ask(`DELETE ${photo}`, { params: { wish: none, photo: none }, body: {} })
  await join(pool)
  await ask(`POST ${one}/claims`, { params, headers: holder, body: { id: randomUUID() } })
  await askForDelivery(ask, send, holder, params, picture)
}

async function askForDelivery(
  ask: Ask,
  send: (call: string, who: Record<string, string>, content: Buffer | string, fields?: object) => Promise<unknown>,
  holder: Record<string, string>,
  params: { wish: string },
  picture: Buffer,
): Promise<void> {
  const said = { note: '送到了', on: new Date(Date.now() + 28_800_000).toISOString().slice(0, 10) }
  const evidence = () => send(`POST ${one}/evidence`, holder, picture, said)
  await send(`POST ${one}/evidence`, holder, '不是照片', said)
  await evidence()
  await evidence()
  const reopening = `POST ${one}/reopening`
  await ask(reopening, { params: { wish: none }, body: soundFulfilment[reopening] })
  for (const reason of ['<b>', '还差一只', '还差一只']) await ask(reopening, { params, body: { reason } })
  await evidence()
  const confirmation = `POST ${one}/confirmation`
  await ask(confirmation, { params: { wish: none }, body: { done: true } })
  for (const more of [{ thanks: '<b>' }, {}, {}])
    await ask(confirmation, { params, body: { done: true, reason: '本人托付', ...more } })
}

/** Puts whoever may claim into an organisation. */
async function join(pool: OpenDistrict['pool']): Promise<void> {
  const sponsor = randomUUID()
  await pool.query(
    `insert into sponsors (district_id, id, name, claim_limit, active, created_at) values (1, $1, '社区食堂', 5, true, now())`,
    [sponsor],
  )
  await pool.query(
    `insert into sponsor_members (district_id, person_id, sponsor_id) select 1, id, $1 from people where username = 'sponsor'`,
    [sponsor],
  )
}
