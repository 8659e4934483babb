import type { FastifyInstance } from 'fastify'

export function attendanceRoutes(_app: FastifyInstance): void {}
