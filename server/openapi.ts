import fastifySwagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'

/** Collects every mounted call; `/openapi.json` is generated from the descriptions in shared/. */
export async function describeApi(app: FastifyInstance): Promise<void> {
  await app.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: '以需 Yixu', description: '以需定建、一社一案', version: '0.1.0' },
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: 'yixu' },
          staffKey: { type: 'http', scheme: 'bearer' },
        },
      },
    },
  })
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger())
}
