import type { Size } from './check.ts'
import type { Case } from './fuzz-cases.ts'
import type { Operation } from './fuzz-operations.ts'
import { sendAll } from './fuzz-send.ts'
import type { House } from './house.ts'
import { headersFor, soundRequest } from './positions.ts'
import type { Staff } from './staff.ts'

const megabytes = { test: [1.1], full: [1.1, 4, 12] }
const IDS = 10_000

/** Bodies of more than a megabyte, filters of ten thousand ids and lists of as many parts, for every call that takes any. */
export async function costly(house: House, { administrator, place }: Staff, operations: Operation[], size: Size) {
  const cases: Case[] = operations.flatMap((operation) => {
    const { method, path, body } = soundRequest(operation, place)
    const headers = headersFor(operation, house.key, administrator.headers)
    const make = (text: string | undefined, address = path): Case => ({
      ...{ method, path: address, staff: false, sound: false },
      headers: text === undefined ? headers : { ...headers, 'content-type': 'application/json' },
      body: text === undefined ? undefined : Buffer.from(text),
    })
    if (method === 'GET')
      return [make(undefined, `${path}?${ids('id')}`), make(undefined, `${path}?cursor=${'9'.repeat(12_000)}`)]
    if (body === undefined) return [make(`{"a":"${'x'.repeat(1.1e6)}"}`)]
    const open = JSON.stringify(body).slice(0, -1)
    const heavy = megabytes[size].map((mb) => make(`${open},"padding":"${'x'.repeat(mb * 1e6)}"}`))
    return [...heavy, make(`${open},"ids":${JSON.stringify(list())}}`), ...lists(body).map((text) => make(text))]
  })
  const seen = { sent: 0, wrong: [] as string[], slowestMs: 0 }
  await sendAll(
    house,
    cases,
    ({ method, path, body: sent }, { status, body, ms }) => {
      seen.sent += 1
      seen.slowestMs = Math.max(seen.slowestMs, ms)
      // A server that has read enough may cut the connection.
      const cut = status === 0 && /ECONNRESET|EPIPE|socket hang up/.test(body.toString())
      if (cut || (status >= 400 && status < 500) || status === 503) return
      // What asks for nothing by name may be passed over, as long as it is answered.
      if (method === 'GET' && status === 200) return
      seen.wrong.push(
        `${method} ${path.slice(0, 100)} ${sent?.length ?? 0} bytes: ${status} ${body.toString().slice(0, 100)}`,
      )
    },
    { addresses: true, atOnce: 4 },
  )
  return seen
}

const list = (): string[] => Array.from({ length: IDS }, (_, index) => `C${index}`)
const ids = (name: string): string => `${name}=${list().join(`&${name}=`)}`

/** The body with each of its lists made ten thousand long. */
function lists(body: unknown): string[] {
  return Object.entries(body as object)
    .filter(([, value]) => Array.isArray(value) && value.length > 0)
    .map(([name, value]) => JSON.stringify({ ...(body as object), [name]: Array(IDS).fill((value as unknown[])[0]) }))
}
