import type { FastifyInstance } from 'fastify'

/** Whoever has not finished sending or receiving by then is cut off: the machine may be about to go down. */
const PATIENCE_MS = 8_000

/**
 * A connection that is kept alive must not keep a stopping server: one that is at work now ends with its answer, idle
 * ones are ended by Fastify itself.
 */
export function closeConnections(app: FastifyInstance): void {
  app.addHook('preClose', async () => {
    app.server.keepAliveTimeout = 1
    setTimeout(() => app.server.closeAllConnections(), PATIENCE_MS).unref()
  })
}
