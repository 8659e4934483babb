import { connect, type Socket } from 'node:net'

export interface Volley {
  seconds: number
  latenciesMs: number[]
  /** Answers by status. */
  statuses: Map<number, number>
  /** The body of each answer with status 200 or 201, in the order of the requests; undefined for the others. */
  bodies: (string | undefined)[]
}

/** A whole POST request, ready to be written to a socket. */
export function postRequest(url: URL, path: string, body: string, headers: Record<string, string> = {}): Buffer {
  const all = {
    host: url.host,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    ...headers,
  }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.from(`POST ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`)
}

/** Sends all requests over so many keep-alive connections, one after the other on each, as fast as they are answered. */
export async function fire(url: URL, requests: Buffer[], connections: number): Promise<Volley> {
  const volley: Volley = { seconds: 0, latenciesMs: [], statuses: new Map(), bodies: new Array(requests.length) }
  let next = 0
  const take = () => (next < requests.length ? next++ : undefined)
  const sockets = await Promise.all(Array.from({ length: connections }, () => open(url)))
  const begun = performance.now()
  await Promise.all(sockets.map((socket) => drive(socket, requests, take, volley)))
  volley.seconds = (performance.now() - begun) / 1_000
  for (const socket of sockets) socket.destroy()
  return volley
}

function open(url: URL): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: url.hostname, port: Number(url.port), noDelay: true })
    socket.once('connect', () => resolve(socket)).once('error', reject)
  })
}

function drive(socket: Socket, requests: Buffer[], take: () => number | undefined, volley: Volley): Promise<void> {
  return new Promise((resolve, reject) => {
    let current = 0
    let sentAt = 0
    let received = Buffer.alloc(0)
    const send = () => {
      const index = take()
      if (index === undefined) return resolve()
      current = index
      sentAt = performance.now()
      socket.write(requests[index] as Buffer)
    }
    socket.on('data', (chunk) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
      const answer = readAnswer(received)
      if (!answer) return
      received = Buffer.alloc(0)
      volley.latenciesMs.push(performance.now() - sentAt)
      volley.statuses.set(answer.status, (volley.statuses.get(answer.status) ?? 0) + 1)
      if (answer.status < 300) volley.bodies[current] = answer.body
      send()
    })
    socket.once('error', reject).once('close', () => reject(new Error('connection closed')))
    send()
  })
}

function readAnswer(received: Buffer): { status: number; body: string } | undefined {
  const end = received.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const head = received.toString('latin1', 0, end)
  const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0)
  if (received.length < end + 4 + length) return undefined
  return { status: Number(head.slice(9, 12)), body: received.toString('utf8', end + 4, end + 4 + length) }
}
