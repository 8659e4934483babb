import type { TObject, TSchema } from 'typebox'

/** One HTTP call, described once: the server mounts it, the web calls it, OpenAPI is generated from it. */
export interface Endpoint {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Fastify notation: /api/districts/:district/surveys */
  url: string
  summary: string
  params?: TObject
  query?: TObject
  body?: TSchema
  /** What the call itself answers with: its results, and the refusals of its handler. What is checked before adds its own. */
  responses: Record<number, TSchema>
}

/** Keeps the literal types of a description. */
export function endpoint<const E extends Endpoint>(description: E): E {
  return description
}
