import { setTimeout as sleep } from 'node:timers/promises'
import { startEmbedded } from '../../server/db/embedded.ts'

const server = await startEmbedded({ dataDir: process.argv[2] ?? '' })
process.once('SIGTERM', async () => {
  await server.stop()
  process.exit(0)
})
console.log(`up ${server.pid()}`)
await sleep(120_000)
