import { request as requestPlain } from 'node:http'
import { request as requestSecure } from 'node:https'

/** The operator's SMS provider, or a gateway of their own in front of it. */
export interface Provider {
  url: string
  token?: string
}

interface Message {
  id: string
  phone: string
  text: string
}

/** What went wrong, as a code that says nothing about the message. */
type Problem = { code: string; isFinal: boolean }

const LIMIT_MS = 10_000

/**
 * Hands one message over: a POST of `{ id, phone, text }` with the token as bearer; any 2xx is an acceptance. The id is the same when
 * a message is handed over again, so that the provider can tell. A redirect is not followed: it would carry the message elsewhere.
 */
export function handOver({ url, token }: Provider, message: Message): Promise<Problem | undefined> {
  const body = JSON.stringify(message)
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'idempotency-key': message.id,
    ...(token ? { authorization: `Bearer ${token}` } : {}),
  }
  const request = url.startsWith('https:') ? requestSecure : requestPlain
  return new Promise((done) => {
    const options = { method: 'POST', headers, agent: false, signal: AbortSignal.timeout(LIMIT_MS) }
    const sent = request(url, options, (answer) => {
      done(problemOf(answer.statusCode ?? 0))
      // Whatever else it has to say is not waited for.
      answer.destroy()
    })
    sent.on('error', ({ name, code }: NodeJS.ErrnoException) => {
      done({
        code: name === 'AbortError' || name === 'TimeoutError' ? 'timeout' : (code ?? 'unreachable'),
        isFinal: false,
      })
    })
    sent.end(body)
  })
}

/** What the provider refuses for good need not be tried again; it stays listed until somebody looks at it. */
function problemOf(status: number): Problem | undefined {
  if (status >= 200 && status < 300) return undefined
  if (status >= 300 && status < 400) return { code: 'redirected', isFinal: true }
  const isFinal = status >= 400 && status < 500 && status !== 408 && status !== 429
  return { code: `http_${status}`, isFinal }
}
