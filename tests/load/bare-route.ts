import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox'
import fastify from 'fastify'
import pg from 'pg'
import { Receipt, Submission } from '../../shared/surveys/api.ts'

/** The limit that ingestion is measured against: a route that validates the same body and does one INSERT a request. */
const app = fastify()
app.setValidatorCompiler(TypeBoxValidatorCompiler)
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 })
const text = `INSERT INTO bare_responses (id, community, version, channel, proxy, started_at, submitted_at, consent_version, answers)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`

app.post<{ Body: Submission }>(
  '/',
  { schema: { body: Submission, response: { 201: Receipt } } },
  async (request, reply) => {
    const { id, community, version, channel, proxy, startedAt, submittedAt, consentVersion, answers } = request.body
    const values = [
      id,
      community,
      version,
      channel,
      proxy,
      startedAt,
      submittedAt,
      consentVersion,
      JSON.stringify(answers),
    ]
    await pool.query({ name: 'bare', text, values })
    reply.code(201)
    return { id, receipt: '' }
  },
)

process.on('SIGTERM', async () => {
  await app.close()
  await pool.end()
})
process.stdout.write(`${await app.listen({ port: 0 })}\n`.replace('[::1]', '127.0.0.1'))
