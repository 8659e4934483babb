import { Agent, type IncomingMessage, request } from 'node:http'

/** A plain HTTP client of the platform, with the staff key. */
export interface Client {
  send(method: string, path: string, body: unknown): Promise<{ status: number; body: string; retryAfterS: number }>
  upload(path: string, name: string, text: string): Promise<{ status: number; body: string }>
  close(): void
}

export function client(base: string, key: string, connections: number): Client {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const call = (method: string, path: string, type: string, payload: string) =>
    new Promise<{ status: number; body: string; retryAfterS: number }>((resolve, reject) => {
      const headers = {
        authorization: `Bearer ${key}`,
        'content-type': type,
        'content-length': Buffer.byteLength(payload),
      }
      const outgoing = request(new URL(path, base), { method, agent, headers }, (answer: IncomingMessage) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            body: Buffer.concat(chunks).toString(),
            retryAfterS: Number(answer.headers['retry-after'] ?? 0),
          }),
        )
      })
      outgoing.on('error', reject)
      outgoing.end(payload)
    })
  return {
    send: (method, path, body) =>
      call(method, path, 'application/json', body === undefined ? '' : JSON.stringify(body)),
    upload(path, name, text) {
      const edge = `----yixu${Math.random().toString(36).slice(2)}`
      const head = `--${edge}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: text/csv\r\n\r\n`
      return call('POST', path, `multipart/form-data; boundary=${edge}`, `${head}${text}\r\n--${edge}--\r\n`)
    },
    close: () => agent.destroy(),
  }
}
