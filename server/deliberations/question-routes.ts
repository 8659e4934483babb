import type { FastifyInstance } from 'fastify'

export function questionRoutes(_app: FastifyInstance): void {}
