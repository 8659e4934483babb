import type { FastifyInstance } from 'fastify'

export function countRoutes(_app: FastifyInstance): void {}
