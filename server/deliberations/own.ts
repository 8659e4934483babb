import type { Static } from 'typebox'
import type { readOwn } from '../../shared/deliberations/statements-api.ts'
import type { Db } from '../db/database.ts'
import { refuse } from '../refusals.ts'
import { hashOfTicket } from './found.ts'
import { followUpsNaming, openVotesOf, ownStatements, placeOf, rolledIn } from './own-queries.ts'
import { type Of, participantByTicket } from './queries.ts'

type Own = Static<(typeof readOwn.responses)[200]>

/** What somebody who shows this ticket has said and voted, and what came of it. @throws {Refusal} notPresent */
export async function ownOf(db: Db, of: Of, ticket: string): Promise<Own> {
  const who = await participantByTicket(db, of, hashOfTicket(ticket))
  if (!who) throw refuse.notPresent()
  return {
    number: who.number,
    seat: who.seat,
    left: who.left_at !== null,
    statements: await statementsOfOne(db, of, who.id),
    speaking: await placeOf(db, of, who.id),
    votes: [...(await openVotesOf(db, of, who.id)), ...(await rolledIn(db, of, who.id))],
  }
}

/** Of what was merged, the result is that of the statement it was merged into. */
async function statementsOfOne(db: Db, of: Of, participant: string): Promise<Own['statements']> {
  const rows = await ownStatements(db, of, participant)
  const named = await followUpsNaming(db, of)
  return rows.map(({ into, ...own }) => ({
    ...own,
    followUps: named
      .filter(({ statements }) => statements.includes(own.id) || (into !== null && statements.includes(into)))
      .map(({ text, state, outcome }) => ({ text, state, outcome })),
  }))
}
