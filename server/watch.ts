import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { admit, permissionOf } from './people/permission.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Shows a number of a room's among the metrics, as it is when they are read. */
    gauge(name: string, help: string, value: () => number): void
  }
}

/** `/healthz` says that the process runs, `/readyz` that it can take answers, `/metrics` how it fares. */
export async function watch(app: FastifyInstance): Promise<void> {
  const register = new Registry()
  collectDefaultMetrics({ register })
  timeRequests(app, register)
  app.decorate('gauge', (name: string, help: string, value: () => number) => {
    const gauge: Gauge = new Gauge({ name, help, registers: [register], collect: () => gauge.set(value()) })
  })
  app.get('/healthz', { schema: { hide: true } }, async () => ({ ok: true }))
  app.get('/readyz', { schema: { hide: true } }, async () => {
    await app.pg.query('SELECT 1')
    return { ready: true }
  })
  app.get('/metrics', {
    schema: { hide: true },
    onRequest: async (request) => admit(request, permissionOf('GET', '/metrics')),
    handler: async (_request, reply) => reply.type(register.contentType).send(await register.metrics()),
  })
}

/** How long every call took, by route and never by address: made-up addresses cannot fill the memory. */
function timeRequests(app: FastifyInstance, register: Registry): void {
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'How long requests took, in seconds',
    labelNames: ['method', 'route', 'status_code'],
    registers: [register],
  })
  app.addHook('onResponse', (request, reply, done) => {
    const { method, routeOptions } = request
    if (routeOptions.url)
      durations.observe({ method, route: routeOptions.url, status_code: reply.statusCode }, reply.elapsedTime / 1_000)
    done()
  })
}
