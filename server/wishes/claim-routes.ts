import type { FastifyInstance } from 'fastify'

export function claimRoutes(_app: FastifyInstance): void {}
