import type { Static, TSchema } from 'typebox'
import type { Endpoint } from '../../shared/endpoint.ts'
import type { Problem } from '../../shared/problem.ts'

type Of<S> = S extends TSchema ? Static<S> : undefined
type Answer<E extends Endpoint> = E['responses'] extends { 200: infer S extends TSchema } ? Static<S> : never

/** Thrown when the server refuses, or cannot be reached; `problem.message` is for the person. */
export class Refused extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.message)
    this.problem = problem
  }
}

const unreachable: Problem = { code: 'unreachable', message: '连不上服务器，请检查网络，稍后再试。' }

/** The address of a described call with its parameters filled in. */
export function addressOf<E extends Endpoint>(
  endpoint: E,
  params: Of<E['params']>,
  query: Record<string, string> = {},
): string {
  const values = (params ?? {}) as Record<string, unknown>
  const path = endpoint.url.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(values[name])))
  const search = new URLSearchParams(query).toString()
  return search ? `${path}?${search}` : path
}

/** Makes a described GET call. @throws {Refused} */
export async function call<E extends Endpoint>(endpoint: E, params: Of<E['params']>): Promise<Answer<E>> {
  const response = await fetch(addressOf(endpoint, params)).catch(() => undefined)
  if (!response) throw new Refused(unreachable)
  const body = await response.json().catch(() => unreachable)
  if (!response.ok) throw new Refused(body as Problem)
  return body as Answer<E>
}
