import type { FastifyInstance } from 'fastify'
import metricsPlugin from 'fastify-metrics'
import { Gauge, Registry } from 'prom-client'
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
  await app.register(metricsPlugin, {
    endpoint: null,
    defaultMetrics: { enabled: true, register },
    routeMetrics: {
      // The histogram says it all; quantiles beside it would be reckoned anew for every request.
      enabled: { histogram: true, summary: false },
      overrides: { histogram: { registers: [register] }, summary: { registers: [register] } },
    },
  })
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
