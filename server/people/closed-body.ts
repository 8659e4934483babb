import type { TSchema } from 'typebox'

interface Nested {
  properties?: Record<string, TSchema>
  additionalProperties?: unknown
  items?: TSchema
  anyOf?: TSchema[]
}

/**
 * The same description, refusing what it does not name, at every depth: a role or a district that is slipped into a body is
 * a fault of the caller's and never silently passed over. What is described as open stays open.
 */
export function closedBody(schema: TSchema): TSchema {
  const { properties, additionalProperties, items, anyOf } = schema as Nested
  const parts: Nested = {}
  if (properties) {
    parts.properties = Object.fromEntries(Object.entries(properties).map(([name, part]) => [name, closedBody(part)]))
    parts.additionalProperties = additionalProperties ?? false
  }
  if (items) parts.items = closedBody(items)
  if (anyOf) parts.anyOf = anyOf.map(closedBody)
  return { ...schema, ...parts } as TSchema
}
