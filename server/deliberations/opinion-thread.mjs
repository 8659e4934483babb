// Node 20 cannot read TypeScript in a thread, and the loader of the main thread does not reach here: register it, then start the worker.
import { register } from 'tsx/esm/api'

register()
await import('./opinion-worker.ts')
