import fc from 'fast-check'
import { Compile } from 'typebox/schema'
import type { House } from './house.ts'

/** A JSON Schema as it stands in the OpenAPI document. */
export interface Schema {
  type?: string
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  patternProperties?: Record<string, Schema>
  additionalProperties?: unknown
  items?: Schema
  pattern?: string
  format?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  minItems?: number
  maxItems?: number
}

export interface Operation {
  method: string
  path: string
  parameters: { name: string; in: 'path' | 'query'; required: boolean; schema: Schema }[]
  body?: Schema
  /** Judges a body by status; undefined where the status is not described. */
  described: Map<number, (body: unknown) => string | undefined>
  /** Statuses that may come with something else than JSON. */
  files: Set<number>
}

interface Document {
  paths: Record<string, Record<string, DescribedOperation>>
}

interface DescribedOperation {
  parameters?: Operation['parameters']
  requestBody?: { content: Record<string, { schema: Schema }> }
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>
}

/** Everything that the server says it can do. */
export async function operationsOf(house: House): Promise<Operation[]> {
  const document = (await (await fetch(new URL('/openapi.json', house.url))).json()) as Document
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => operationOf(method.toUpperCase(), path, described)),
  )
}

function operationOf(method: string, path: string, described: DescribedOperation): Operation {
  const schemas = Object.entries(described.responses).map(([status, { content }]) => {
    return [Number(status), content?.['application/json']?.schema ?? {}] as const
  })
  return {
    ...{ method, path, parameters: described.parameters ?? [] },
    body: described.requestBody?.content['application/json']?.schema,
    described: new Map(schemas.map(([status, schema]) => [status, judgeBy(schema)])),
    files: new Set(schemas.filter(([, schema]) => Object.keys(schema).length === 0).map(([status]) => status)),
  }
}

function judgeBy(schema: Schema): (body: unknown) => string | undefined {
  const validator = Compile(schema as object)
  return (body) => {
    if (validator.Check(body)) return undefined
    const [, [first]] = validator.Errors(body)
    return `${first?.instancePath} ${first?.message}`
  }
}

/** Values that a schema allows. */
export function allowedBy(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.enum) return fc.constantFrom(...schema.enum)
  if ('const' in schema) return fc.constant(schema.const)
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(allowedBy))
  if (schema.type === 'string') return wordsBy(schema)
  if (schema.type === 'boolean') return fc.boolean()
  if (schema.type === 'null') return fc.constant(null)
  if (schema.type === 'integer') return fc.integer({ min: schema.minimum ?? 0, max: schema.maximum ?? 1_000 })
  if (schema.type === 'number')
    return fc.double({ min: schema.minimum ?? 0.01, max: schema.maximum ?? 100, noNaN: true })
  if (schema.type === 'array' && schema.items) {
    const least = schema.minItems ?? 0
    return fc.array(allowedBy(schema.items), { minLength: least, maxLength: Math.max(least, 3) })
  }
  if (schema.type !== 'object') return fc.jsonValue({ maxDepth: 3 })
  const [any] = Object.values(schema.patternProperties ?? {})
  if (any) return fc.dictionary(fc.string({ maxLength: 30 }), allowedBy(any), { maxKeys: 5 })
  if (!schema.properties) return fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 5 })
  const members = Object.entries(schema.properties).map(([name, inner]) => [name, allowedBy(inner)])
  return fc.record(Object.fromEntries(members) as Record<string, fc.Arbitrary<unknown>>, {
    requiredKeys: schema.required ?? [],
  })
}

function wordsBy({ pattern, format, minLength = 0, maxLength = 30 }: Schema): fc.Arbitrary<string> {
  if (pattern) return fc.stringMatching(new RegExp(pattern))
  if (format === 'uuid') return fc.uuid()
  const instant = fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
  if (format === 'date-time') return instant.map((date) => date.toISOString())
  if (format === 'date') return instant.map((date) => date.toISOString().slice(0, 10))
  return fc.string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, 30) })
}
