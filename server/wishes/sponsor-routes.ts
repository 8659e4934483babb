import type { FastifyInstance } from 'fastify'

export function sponsorRoutes(_app: FastifyInstance): void {}
