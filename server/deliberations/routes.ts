import type { FastifyInstance } from 'fastify'
import { attendanceRoutes } from './attendance-routes.ts'
import { consultationRoutes } from './consultation-routes.ts'
import { minutesRoutes } from './minutes-routes.ts'
import { openOpinions } from './opinions.ts'
import { planRoutes } from './plan-routes.ts'
import { questionRoutes } from './question-routes.ts'
import { roomRoutes } from './room-routes.ts'
import { statementRoutes } from './statement-routes.ts'

/** Meetings of residents and consultations, from the plan to the follow-ups. */
export async function deliberationRoutes(app: FastifyInstance): Promise<void> {
  openOpinions(app)
  planRoutes(app)
  roomRoutes(app)
  attendanceRoutes(app)
  statementRoutes(app)
  questionRoutes(app)
  minutesRoutes(app)
  consultationRoutes(app)
}
