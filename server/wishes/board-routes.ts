import type { FastifyInstance } from 'fastify'

export function boardRoutes(_app: FastifyInstance): void {}
