import { Agent, request } from 'node:http'
import type { Case } from './fuzz-cases.ts'
import type { Operation } from './fuzz-operations.ts'
import type { House } from './house.ts'

export interface Answer {
  status: number
  type: string
  body: Buffer
  ms: number
}

/** Sends a request as it is. Status 0 when the server cut the connection. `from` is one of this machine's own addresses. */
export function send(
  house: House,
  agent: Agent,
  { method, path, headers, body }: Case,
  from?: string,
): Promise<Answer> {
  const begun = performance.now()
  const done = (status: number, type: string, bytes: Buffer) => ({
    status,
    type,
    body: bytes,
    ms: performance.now() - begun,
  })
  const { hostname: host, port } = house.url
  const length = body || method !== 'GET' ? { 'content-length': body?.length ?? 0 } : {}
  return new Promise((resolve) => {
    const options = { host, port, method, path, agent, headers: { ...length, ...headers }, localAddress: from }
    const outgoing = request(options, (reply) => {
      const type = reply.headers['content-type'] ?? ''
      // A stream has no end: how it begins is all there is to judge.
      if (type.startsWith('text/event-stream')) {
        resolve(done(reply.statusCode ?? 0, type, Buffer.alloc(0)))
        return void reply.destroy()
      }
      const parts: Buffer[] = []
      reply.on('data', (part: Buffer) => parts.push(part))
      reply.once('error', (error) => resolve(done(0, '', Buffer.from(String(error)))))
      reply.once('end', () => resolve(done(reply.statusCode ?? 0, type, Buffer.concat(parts))))
    })
    outgoing.setTimeout(30_000, () => outgoing.destroy(new Error('no answer in 30 s')))
    outgoing.once('error', (error) => resolve(done(0, '', Buffer.from(String(error)))))
    outgoing.end(body)
  })
}

/** Sends all, so many at a time, and hands each answer to `judge`. */
export async function sendAll(
  house: House,
  cases: Case[],
  judge: (one: Case, answer: Answer) => void,
  { atOnce = 8, addresses = false } = {},
): Promise<void> {
  const agent = new Agent({ keepAlive: !addresses, maxSockets: atOnce })
  let next = 0
  const worker = async () => {
    while (next < cases.length) {
      const index = next++
      const one = cases[index] as Case
      // Limits by address must not keep the requests from the code behind them.
      const from = addresses ? `127.${1 + (index % 200)}.${1 + ((index >> 8) % 250)}.${1 + (index % 250)}` : undefined
      judge(one, await send(house, agent, one, from))
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  agent.destroy()
}

/** Words that belong in a log and never in an answer. */
const inside =
  /\n\s+at |\.(ts|js|mjs):\d+|node_modules|\b(SELECT|INSERT INTO|UPDATE|DELETE FROM) |relation "|column "|violates |syntax error|ECONN|postgres|typebox/

/** What is wrong about an answer, whatever the question was. */
export function faultsOf(operation: Operation, { status, type, body }: Answer): string[] {
  const text = body.toString()
  if (status === 0) return [`cut off: ${text}`]
  if (status >= 500) return [`server error ${status} ${text}`]
  const described = operation.described.get(status)
  if (!described) return [`off schema: ${status} is not described ${text.slice(0, 100)}`]
  const faults: string[] = []
  if (status >= 400 && inside.test(text)) faults.push(`leak: ${text.slice(0, 300)}`)
  if (!type.startsWith('application/json')) {
    if (!operation.files.has(status)) faults.push(`off schema: ${type || 'no type'} with ${status}`)
    return faults
  }
  const parsed = JSON.parse(text) as { code?: unknown; message?: unknown }
  const wrong = described(parsed)
  if (wrong) faults.push(`off schema: ${status} ${wrong}`)
  // Rows that were wrong come as a report; every other refusal has a name and says in Chinese what to do.
  const refusal = status >= 400 && !('wrong' in parsed)
  if (refusal && !(/^[a-z_]+$/.test(String(parsed.code)) && /\p{Script=Han}/u.test(String(parsed.message))))
    faults.push(`off schema: a refusal without a name: ${text.slice(0, 200)}`)
  return faults
}
