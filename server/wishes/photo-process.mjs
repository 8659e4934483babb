// Node 20 cannot read TypeScript, and the loader of the server does not reach here: register it, then start.
import { register } from 'tsx/esm/api'

register()
await import('./photo-worker.ts')
