import { connect, createServer, type Server, type Socket } from 'node:net'

/** A network cable between browser and server that can really be pulled: open connections die, new ones are refused. */
export interface Cable {
  url: string
  /** Bytes that have gone to the browser. */
  sent(): number
  pull(): Promise<void>
  plugIn(): Promise<void>
}

export async function cable(to: string): Promise<Cable> {
  const target = Number(new URL(to).port)
  const sockets = new Set<Socket>()
  let sent = 0
  const server = createServer((near) => {
    const far = connect(target, '127.0.0.1')
    far.on('data', (piece) => {
      sent += piece.length
    })
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one)
      one.pipe(other)
      one.on('error', () => other.destroy())
      one.on('close', () => {
        sockets.delete(one)
        other.destroy()
      })
    }
  })
  const port = await listening(server, 0)
  return {
    url: `http://127.0.0.1:${port}`,
    sent: () => sent,
    async pull() {
      const closed = new Promise((resolve) => server.close(resolve))
      for (const socket of sockets) socket.destroy()
      await closed
    },
    plugIn: async () => void (await listening(server, port)),
  }
}

function listening(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve((server.address() as { port: number }).port))
  })
}
