import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export interface Received {
  headers: IncomingHttpHeaders
  body: { id: string; phone: string; text: string }
}

/** A provider of text messages that answers as it is told to. */
export interface SmsProvider {
  url: string
  received: Received[]
  /** How it answers from now on: with a status, `redirect` to somewhere else, or `silent`, not at all. */
  answer(how: number | 'redirect' | 'silent'): void
  /** Requests that came to where it redirected. */
  elsewhere(): number
  stop(): Promise<void>
}

export async function startSmsProvider(): Promise<SmsProvider> {
  const received: Received[] = []
  let how: number | 'redirect' | 'silent' = 200
  let elsewhere = 0
  const server = createServer(async (request, response) => {
    if (request.url === '/elsewhere') elsewhere += 1
    received.push({ headers: request.headers, body: JSON.parse((await text(request)) || '{}') })
    if (how === 'silent') return
    if (how === 'redirect') return response.writeHead(307, { location: '/elsewhere' }).end()
    // More than anybody asked for, and personal: none of it may turn up anywhere.
    response.writeHead(how, { 'content-type': 'text/plain' }).end(`13800138000 ${'很长 '.repeat(50_000)}`)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/send`,
    received,
    answer: (next) => {
      how = next
    },
    elsewhere: () => elsewhere,
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
