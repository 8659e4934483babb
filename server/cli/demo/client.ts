import { Agent, type IncomingMessage, request } from 'node:http'

export interface Reply {
  status: number
  body: string
  retryAfterS: number
  /** What it asks to be kept. */
  cookies: string[]
}

export interface Upload {
  name: string
  type: string
  content: string | Buffer
}

/** A plain HTTP client of the platform. */
export interface Client {
  send(method: string, path: string, body: unknown): Promise<Reply>
  /** One file in the field `file`, behind the other fields. */
  upload(path: string, file: Upload, fields?: Record<string, string>): Promise<Reply>
  close(): void
}

/** `who` are headers that say who calls: the staff key, or the cookies of somebody who is signed in. */
export function client(base: string, who: Record<string, string>, connections: number): Client {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const call = (method: string, path: string, type: string, payload: Buffer) =>
    new Promise<Reply>((resolve, reject) => {
      const headers = { ...who, 'content-type': type, 'content-length': payload.length }
      const outgoing = request(new URL(path, base), { method, agent, headers }, (answer: IncomingMessage) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            body: Buffer.concat(chunks).toString(),
            retryAfterS: Number(answer.headers['retry-after'] ?? 0),
            cookies: answer.headers['set-cookie'] ?? [],
          }),
        )
      })
      outgoing.on('error', reject)
      outgoing.end(payload)
    })
  return {
    send: (method, path, body) =>
      call(method, path, 'application/json', Buffer.from(body === undefined ? '' : JSON.stringify(body))),
    upload(path, { name, type, content }, fields = {}) {
      const edge = `----yixu${Math.random().toString(36).slice(2)}`
      const said = Object.entries(fields).map(
        ([field, value]) => `--${edge}\r\ncontent-disposition: form-data; name="${field}"\r\n\r\n${value}\r\n`,
      )
      const head = `--${edge}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: ${type}\r\n\r\n`
      const payload = [said.join(''), head, content, `\r\n--${edge}--\r\n`].map((part) => Buffer.from(part as string))
      return call('POST', path, `multipart/form-data; boundary=${edge}`, Buffer.concat(payload))
    },
    close: () => agent.destroy(),
  }
}
