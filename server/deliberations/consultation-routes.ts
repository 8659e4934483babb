import type { FastifyInstance } from 'fastify'

export function consultationRoutes(_app: FastifyInstance): void {}
