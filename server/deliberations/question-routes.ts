import type { FastifyInstance } from 'fastify'
import * as api from '../../shared/deliberations/questions-api.ts'
import { lookOf } from '../people/look.ts'
import { mount } from '../people/mount.ts'
import { audit } from '../platform/audit.ts'
import { Refusal } from '../refusal.ts'
import { hashOfTicket, known, mustBeOpen, ofDeliberation, within } from './found.ts'
import { countHands } from './hands.ts'
import type { Of } from './queries.ts'
import { deskQuestions } from './question-queries.ts'
import { ask, removeDraft, rerun } from './questions.ts'
import { turnQuestion } from './turn-question.ts'
import { inTurn, startVoteWriter, type VoteWriter } from './vote-writer.ts'
import { takeVotes } from './votes.ts'

/** What is put to the vote, and the votes. */
export function questionRoutes(app: FastifyInstance): void {
  asking(app)
  const voted = ({ districtId, id }: Of, question: string) => app.rooms.dirty(districtId, id, question)
  const writer = startVoteWriter(app.db, app.secrets, voted)
  app.addHook('onClose', () => writer.settled())
  phones(app, writer)
  seats(app, voted)
}

const lookAt = (request: Parameters<typeof lookOf>[0], question: string) =>
  lookOf(request, `question:${question.toLowerCase()}`)

function asking(app: FastifyInstance): void {
  mount(app, api.listQuestions, async (request) => deskQuestions(request.db, ofDeliberation(await within(request))))
  mount(app, api.askQuestion, async (request, reply) => {
    const of = ofDeliberation(await within(request))
    const { db, body } = request
    const { question, isNew } = await ask(db, of, body, lookAt(request, body.id), new Date())
    reply.code(isNew ? 201 : 200)
    return question
  })
  mount(app, api.setQuestionState, async (request) => {
    const of = ofDeliberation(await within(request))
    const { db, params, body } = request
    const look = lookAt(request, params.question)
    return await turnQuestion(db, app.secrets, of, params.question, body, look, new Date())
  })
  mount(app, api.rerunQuestion, async (request, reply) => {
    const of = ofDeliberation(await within(request))
    const { db, params, body } = request
    const look = lookAt(request, params.question)
    const { question, isNew } = await rerun(db, of, params.question, body, look, new Date())
    reply.code(isNew ? 201 : 200)
    return question
  })
  mount(app, api.removeQuestion, async (request) => {
    const of = ofDeliberation(await within(request))
    const { db, params } = request
    await removeDraft(db, of, params.question, lookAt(request, params.question), new Date())
    return { removed: true }
  })
  mount(app, api.countHands, async (request) => {
    const found = await within(request)
    mustBeOpen(found)
    const { db, params, body } = request
    const look = lookAt(request, params.question)
    await countHands(db, ofDeliberation(found), params.question, body, look, new Date())
    return { counted: true }
  })
}

/** A hall is behind one address: 500 phones that send and try again. */
const HALL = { max: 30_000, timeWindow: 60_000 }

function phones(app: FastifyInstance, writer: VoteWriter): void {
  mount(
    app,
    api.vote,
    async (request) => {
      const { district, params, body } = request
      const of = { districtId: district.id, id: params.deliberation.toLowerCase() }
      const sending = { by: { ticket: hashOfTicket(body.ticket) }, votes: tidied(body.votes), actor: 'resident' }
      try {
        return { taken: await writer.add(of, params.question.toLowerCase(), sending) }
      } catch (error) {
        // Nobody has looked yet whether there is such a deliberation.
        if (error instanceof Refusal && error.code === 'unknown_question') await known(request)
        throw error
      }
    },
    { rateLimit: HALL },
  )
}

function seats(app: FastifyInstance, voted: (of: Of, question: string) => void): void {
  mount(app, api.voteForSeat, async (request) => {
    const of = ofDeliberation(await within(request))
    const { db, params, body } = request
    const look = lookAt(request, params.question)
    const question = params.question.toLowerCase()
    const sending = { by: { seat: body.seat }, votes: tidied(body.votes), actor: look.actor }
    const taken = await inTurn(() =>
      db.transaction().execute(async (tx) => {
        const [answer] = await takeVotes(tx, app.secrets, of, question, [sending])
        if (answer instanceof Refusal) throw answer
        // Of a secret ballot nothing is written down but the roll.
        if (body.votes.length > 0 && answer! > 0) await audit(tx, { ...look, after: { votes: answer } }, new Date())
        return answer!
      }),
    )
    if (taken > 0) voted(of, question)
    return { taken }
  })
}

/** Ids as PostgreSQL writes them. */
function tidied(votes: readonly api.Cast[]): api.Cast[] {
  return votes.map(({ id, subject, choice }) => ({
    ...{ id: id.toLowerCase(), subject: subject.toLowerCase() },
    choice: Array.isArray(choice) ? choice.map((one) => one.toLowerCase()) : choice,
  }))
}
