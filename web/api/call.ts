import type { Static, TSchema } from 'typebox'
import type { Endpoint } from '../../shared/endpoint.ts'
import type { Problem } from '../../shared/problem.ts'
import { hearTime } from './server-clock.ts'

type Of<S> = S extends TSchema ? Static<S> : undefined
export type Params<E extends Endpoint> = Of<E['params']>
/** What a call answers with when all is well. */
export type Answer<E extends Endpoint> = E['responses'] extends { 201: infer S extends TSchema }
  ? Static<S>
  : E['responses'] extends { 200: infer S extends TSchema }
    ? Static<S>
    : never

export interface Extras<E extends Endpoint> {
  query?: Record<string, string>
  body?: Of<E['body']>
  /** A file with its field, in the place of a body. */
  form?: FormData
  /** Takes the place of `fetch`, e.g. to tell how much of a form has been sent. */
  send?: (address: string, init: RequestInit) => Promise<Response>
  /** The staff key, where the first administrator is made from another machine. */
  key?: string
  signal?: AbortSignal
}

/** Thrown when the server refuses, or cannot be reached; `problem.message` is for the person. */
export class Refused extends Error {
  readonly problem: Problem
  /** Seconds after which the server wants to be asked again. */
  readonly retryAfterS?: number

  constructor(problem: Problem, retryAfterS?: number) {
    super(problem.message)
    this.problem = problem
    this.retryAfterS = retryAfterS
  }
}

type Hear = (problem: Problem | undefined) => void
const hearing = new Set<Hear>()

/** Tells of every answer of the server whether it was refused: whoever is signed in must hear when they no longer are. */
export function whenAnswered(hear: Hear): void {
  hearing.add(hear)
}

const unreachable: Problem = { code: 'unreachable', message: '连不上服务器，请检查网络，稍后再试。' }

/** The address of a described call with its parameters filled in. */
export function addressOf<E extends Endpoint>(
  endpoint: E,
  params: Params<E>,
  query: Record<string, string> = {},
): string {
  const values = (params ?? {}) as Record<string, unknown>
  const path = endpoint.url.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(values[name])))
  const search = new URLSearchParams(query).toString()
  return search ? `${path}?${search}` : path
}

/** Makes a described call and reads its answer. @throws {Refused} */
export async function call<E extends Endpoint>(
  endpoint: E,
  params: Params<E>,
  extras: Extras<E> = {},
): Promise<Answer<E>> {
  const response = await request(endpoint, params, extras)
  const body = await response.json().catch(() => undefined)
  if (body === undefined) throw new Refused(unreachable)
  return body as Answer<E>
}

/** Makes a described call and hands over the answer unread, for files. @throws {Refused} */
export async function request<E extends Endpoint>(
  endpoint: E,
  params: Params<E>,
  { query, body, form, send = fetch, key, signal }: Extras<E> = {},
): Promise<Response> {
  const headers: Record<string, string> = {}
  if (key) headers.authorization = `Bearer ${key}`
  if (body !== undefined) headers['content-type'] = 'application/json'
  const response = await send(addressOf(endpoint, params, query), {
    method: endpoint.method,
    headers,
    body: body === undefined ? form : JSON.stringify(body),
    signal,
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error
    return undefined
  })
  if (!response) throw new Refused(unreachable)
  hearTime(response.headers.get('date'))
  const problem = response.ok ? undefined : await problemIn(response)
  for (const hear of hearing) hear(problem)
  if (!problem) return response
  throw new Refused(problem, Number(response.headers.get('retry-after')) || undefined)
}

async function problemIn(response: Response): Promise<Problem> {
  return ((await response.json().catch(() => undefined)) as Problem | undefined) ?? unreachable
}

/** Why something failed, for the person who did it. */
export function reasonOf(error: unknown): { code: string; message: string } {
  if (error instanceof Refused) return error.problem
  return { code: 'page', message: '页面出了点问题，请刷新后再试。' }
}
