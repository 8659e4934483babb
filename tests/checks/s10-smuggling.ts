import { numbers, submissionOf } from '../load/answers.ts'
import type { Case } from './fuzz-cases.ts'
import type { Operation, Schema } from './fuzz-operations.ts'
import { sendAll } from './fuzz-send.ts'
import type { House } from './house.ts'
import { requestFor } from './s1-ask.ts'
import { permissionFor } from './s1-expect.ts'
import { keyOf } from './s1-world.ts'
import type { Staff } from './staff.ts'

/** Names of columns, and of what is handed around inside, that no caller may set. */
const extras: Record<string, unknown> = {
  ...{ role: 'administrator', district_id: 2, districtId: 2, status: 'active', created_by: 'me', createdBy: 'me' },
  ...{ id: '11111111-1111-4111-8111-111111111111', administrator: true, person_id: 'x', userId: 'x', kind: 'staff' },
  ...{ password: 'Smuggled-1-kite', two_factor_enabled: true, received_at: '2020-01-01T00:00:00Z', review: 'ok' },
  ...{
    constructor: { prototype: { administrator: true } },
    grants: [{ role: 'administrator', level: 'district', code: '' }],
  },
}

/** Every body with each of these slipped into each of its parts: it is refused, never passed over. */
export async function smuggling(house: House, { administrator, place }: Staff, operations: Operation[]) {
  const cases = operations.flatMap((operation) => {
    if (!operation.body) return []
    const { method, path, body: made } = requestFor(operation, place)
    // Answers are judged after their description was found good, and that is another reader.
    const body = path.endsWith('/responses') ? submissionOf(numbers(10), [place.community], {}, false) : made
    const own = permissionFor(operation)?.may === 'signed-in'
    const headers = { 'content-type': 'application/json', ...(own ? administrator.headers : keyOf(house)) }
    return partsOf(operation.body, body).flatMap(({ at, names }) =>
      Object.entries(extras)
        .filter(([name]) => !names.includes(name))
        .map(([name, value]): Case => {
          const text = JSON.stringify(withMember(body, at, name, value))
          return { method, path, body: Buffer.from(text), headers, staff: true, sound: false }
        }),
    )
  })
  const taken: string[] = []
  await sendAll(
    house,
    cases,
    ({ method, path, body: sent }, { status, body }) => {
      if (status !== 400 && status !== 422)
        taken.push(`${method} ${path} ${sent?.toString().slice(0, 200)}: ${status} ${body.toString().slice(0, 100)}`)
    },
    { addresses: true },
  )
  return { sent: cases.length, taken }
}

type At = (string | number)[]

/** Where a body has an object whose members are described, and which members those are. What is described as open is left out. */
function partsOf(schema: Schema, value: unknown, at: At = []): { at: At; names: string[] }[] {
  if (schema.items && Array.isArray(value)) return value.length > 0 ? partsOf(schema.items, value[0], [...at, 0]) : []
  if (!schema.properties || typeof value !== 'object' || value === null) return []
  const inner = Object.entries(schema.properties).flatMap(([name, part]) =>
    partsOf(part, (value as Record<string, unknown>)[name], [...at, name]),
  )
  return [{ at, names: Object.keys(schema.properties) }, ...inner]
}

function withMember(value: unknown, [step, ...rest]: At, name: string, added: unknown): unknown {
  if (step === undefined) return { ...(value as object), [name]: added }
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string | number, unknown>
  copy[step] = withMember(copy[step], rest, name, added)
  return copy
}
