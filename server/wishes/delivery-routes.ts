import type { FastifyInstance } from 'fastify'

export function deliveryRoutes(_app: FastifyInstance): void {}
