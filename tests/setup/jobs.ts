import fastify, { type FastifyInstance } from 'fastify'
import { openDatabase } from '../../server/db/database.ts'
import { type Jobs, openJobs } from '../../server/platform/jobs.ts'

/** One process of several on a database, with jobs of its own and nothing else. */
export async function startJobs(databaseUrl: string, register: (jobs: Jobs) => void): Promise<FastifyInstance> {
  const app = fastify()
  await openDatabase(app, databaseUrl)
  openJobs(app)
  register(app.jobs)
  await app.ready()
  return app
}
