import type { FastifyInstance } from 'fastify'

export function moderationRoutes(_app: FastifyInstance): void {}
