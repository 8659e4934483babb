import type { FastifyInstance } from 'fastify'

declare module 'fastify' {
  interface FastifyInstance {
    /** What time it is, for everything with a deadline. */
    now: () => Date
  }
}

/** Registers `app.now`; whoever tries a deadline sets the clock. */
export function openClock(app: FastifyInstance, now: () => Date = () => new Date()): void {
  app.decorate('now', now)
}
