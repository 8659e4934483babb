import type { FastifyInstance } from 'fastify'

export function statementRoutes(_app: FastifyInstance): void {}
