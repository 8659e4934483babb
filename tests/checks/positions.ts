import { numbers, submissionOf } from '../load/answers.ts'
import type { Operation, Schema } from './fuzz-operations.ts'
import { type Request, requestFor } from './s1-ask.ts'
import { permissionFor } from './s1-expect.ts'
import type { Place } from './s1-world.ts'

/** One place in a call where the caller may write words. */
export interface Position {
  operation: Operation
  /** E.g. `body /grants/0/code`. */
  where: string
  /** A sound call with these words there. */
  put(words: string): Request
}

type At = (string | number)[]

let made = 0
const random = numbers(12)

/** A survey of one question of each kind that people write in, for publishing again and again. */
export const probeSurvey = (words = '问') => ({
  pages: [
    {
      name: 'p1',
      title: words,
      elements: [
        { type: 'text', name: 'said', title: words },
        {
          type: 'radiogroup',
          name: 'chosen',
          title: '选',
          choices: [
            { value: 'a', text: words },
            { value: 'b', text: '乙' },
          ],
        },
      ],
    },
  ],
})

/** Bodies with which a call goes all the way, each time anew. */
const sound: Record<string, (place: Place) => unknown> = {
  'POST /api/districts/{district}/surveys/{survey}/responses': ({ community }) =>
    submissionOf(random, [community], { slip: 'slip-1', device: 'device-1' }, false),
  'POST /api/districts/{district}/surveys/{survey}/versions': () => ({ title: '问卷', definition: probeSurvey() }),
  'POST /api/districts/{district}/people': ({ community }) => {
    made += 1
    const grants = [{ role: 'courier', level: 'community', code: community }]
    return {
      username: `words-${process.pid}-${made}`,
      name: '某某',
      phone: `1377${String(made).padStart(7, '0')}`,
      grants,
    }
  },
}

/** A call about a place that does what it is for. What is published is a survey that nobody answers. */
export function soundRequest(operation: Operation, place: Place): Request {
  const request = requestFor(operation, place)
  const body = sound[`${operation.method} ${operation.path}`]?.(place) ?? request.body
  const publishes = /\/surveys\/\{survey\}\/(versions|status)$/.test(operation.path)
  return { ...request, path: publishes ? request.path.replace('needs2026', 'probe') : request.path, body }
}

/** Every place in a call where words may stand: in the address, behind it and in the body. */
export function positionsOf(operation: Operation, place: Place): Position[] {
  const { parameters, body: schema } = operation
  const wordy = parameters.filter((one) => isWords(one.schema))
  const inAddress = wordy.map(({ name, in: part }): Position => {
    const put = (words: string) => {
      const request = soundRequest(operation, place)
      const path = part === 'path' ? inPath(operation, request.path, name, words) : inQuery(request.path, name, words)
      return { ...request, path }
    }
    return { operation, where: `${part} ${name}`, put }
  })
  const inBody = schema ? wordsIn(schema, soundRequest(operation, place).body) : []
  return [
    ...inAddress,
    ...inBody.map((at): Position => {
      const put = (words: string) => {
        const request = soundRequest(operation, place)
        return { ...request, body: replaced(request.body, at, words) }
      }
      return { operation, where: `body /${at.join('/')}`, put }
    }),
  ]
}

/** Who makes a call so that it goes as far as it can: whoever is signed in where it is about themselves, else the key. */
export function headersFor(operation: Operation, key: string, own: Record<string, string>): Record<string, string> {
  return permissionFor(operation)?.may === 'signed-in' ? own : { authorization: `Bearer ${key}` }
}

const isWords = (schema: Schema): boolean => schema.type === 'string' || (schema.anyOf ?? []).some(isWords)

function inPath({ path: template }: Operation, path: string, name: string, words: string): string {
  const [address = '', query] = path.split('?')
  const at = template.split('/').indexOf(`{${name}}`)
  const parts = address.split('/')
  // Some addresses end in a format: {district}/audit.csv.
  if (at >= 0) parts[at] = encodeURIComponent(words)
  return [parts.join('/'), query].filter((part) => part !== undefined).join('?')
}

function inQuery(path: string, name: string, words: string): string {
  const [address, query = ''] = path.split('?')
  const asked = new URLSearchParams(query)
  asked.set(name, words)
  return `${address}?${asked}`
}

/** Where words stand in a value, or may by its description. */
function wordsIn(schema: Schema | undefined, value: unknown, at: At = []): At[] {
  if (typeof value === 'string') return [at]
  if (Array.isArray(value))
    return value.slice(0, 2).flatMap((one, index) => wordsIn(schema?.items, one, [...at, index]))
  if (typeof value !== 'object' || value === null) return []
  const missing = Object.entries(schema?.properties ?? {}).filter(([name, part]) => !(name in value) && isWords(part))
  const there = Object.entries(value).flatMap(([name, part]) =>
    wordsIn(schema?.properties?.[name], part, [...at, name]),
  )
  return [...there, ...missing.map(([name]) => [...at, name])]
}

function replaced(value: unknown, [step, ...rest]: At, words: string): unknown {
  if (step === undefined) return words
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string | number, unknown>
  copy[step] = replaced(copy[step], rest, words)
  return copy
}
