import type { FastifyInstance } from 'fastify'
import { answerSheets } from '../../shared/deliberations/answer-table.ts'
import { answerTable } from '../../shared/deliberations/minutes-api.ts'
import { mount } from '../people/mount.ts'
import { attachment } from '../platform/attachment.ts'
import { chinaDay } from '../platform/china-time.ts'
import { refuse } from '../refusals.ts'
import { turnConsultations } from './consultation-clock.ts'
import { ofDeliberation, within } from './found.ts'
import { roomProposals, roomQuestions } from './room-queries.ts'
import { statementsOf } from './statement-queries.ts'

/** A draft plan that residents are asked about, without a room. */
export function consultationRoutes(app: FastifyInstance): void {
  turnConsultations(app)

  mount(app, answerTable, async (request, reply) => {
    const { db, district } = request
    const found = await within(request)
    if (found.kind !== 'consultation') throw refuse.notAConsultation()
    const of = ofDeliberation(found)
    const sheets = answerSheets({
      title: found.title,
      proposals: await roomProposals(db, of),
      questions: await roomQuestions(db, of),
      statements: await statementsOf(db, of),
    })
    const day = chinaDay(new Date())
    const file = await app.renderer.workbook(sheets, {
      title: `${found.title}答复表`,
      issuer: district.name,
      date: day,
    })
    return reply
      .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
      .header(
        'content-disposition',
        attachment(`${found.title}答复表-${day}.xlsx`, `answers-${found.code}-${day}.xlsx`),
      )
      .send(Buffer.from(file))
  })
}
