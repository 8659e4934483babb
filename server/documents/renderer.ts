import type { FastifyInstance } from 'fastify'
import type { Document } from '../../shared/document.ts'
import { type ThreadPoolOptions, threadPool } from '../platform/thread-pool.ts'
import type { Format, Order, Rendered } from './render-worker.ts'
import type { Sheet } from './xlsx.ts'
import type { Properties } from './xlsx-parts.ts'

export interface Renderer {
  /** The document in the formats asked for, made in another thread. Throws as a pool's `ask` does. */
  render<F extends Format>(document: Document, formats: F[]): Promise<Record<F, Uint8Array>>
  /** A workbook of these sheets, made in the same way. */
  workbook(sheets: Sheet[], properties: Properties): Promise<Uint8Array>
  close(): Promise<void>
}

declare module 'fastify' {
  interface FastifyInstance {
    /** One for the whole process, since each keeps the fonts in memory. */
    renderer: Renderer
  }
}

const usual: ThreadPoolOptions = {
  script: new URL('./render-thread.mjs', import.meta.url),
  threads: 1,
  mostWaiting: 200,
  limitMs: 60_000,
  idleMs: 30_000,
  maxOldGenerationSizeMb: 256,
  maxYoungGenerationSizeMb: 16,
}

/** Makes files out of documents, so that the main thread never waits. */
export function createRenderer(options: Partial<ThreadPoolOptions> = {}): Renderer {
  const pool = threadPool<Order, Rendered>({ ...usual, ...options })
  return {
    render: <F extends Format>(document: Document, formats: F[]) =>
      pool.ask({ document, formats }) as Promise<Record<F, Uint8Array>>,
    workbook: async (sheets, properties) => (await pool.ask({ sheets, properties })).xlsx!,
    close: pool.close,
  }
}

/** Registers `app.renderer`, which ends with the app. */
export function openRenderer(app: FastifyInstance): void {
  const renderer = createRenderer()
  app.decorate('renderer', renderer)
  app.addHook('onClose', renderer.close)
}
