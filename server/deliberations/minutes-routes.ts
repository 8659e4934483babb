import type { FastifyInstance } from 'fastify'

export function minutesRoutes(_app: FastifyInstance): void {}
