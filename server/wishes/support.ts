import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { Db } from '../db/database.ts'
import { refuse } from '../refusals.ts'
import { boardChanged } from './event-queries.ts'
import { hashOfTicket, isOwn } from './found.ts'
import { lockWish, type Of } from './queries.ts'
import { addSupporter, isSupporter } from './support-queries.ts'

interface Supporting {
  caller: FastifyRequest['caller']
  ticket: string
}

/**
 * 我也想: counts a phone once, and an account once on however many phones. Answers with how many there are.
 * @throws {Refusal} unknownWish, wishState
 */
export async function support(tx: Db, of: Of, { caller, ticket }: Supporting, at: Date): Promise<number> {
  const wish = await lockWish(tx, of)
  if (!wish || wish.board === null) throw refuse.unknownWish()
  if (isOwn(wish, { caller }, ticket)) throw refuse.wishState('这是您自己许的心愿，不用再点“我也想”。')
  const phone = hashOfTicket(ticket)
  const account = caller.person && hashOfAccount(caller.person.id)
  if (await isSupporter(tx, of, account ? [phone, account] : [phone])) return wish.supporters
  if (wish.state !== 'open') throw refuse.wishState('这个心愿已经有单位来办，不用再点“我也想”；请看看别的心愿。')
  await addSupporter(tx, of, account ? { hash: account, device: phone } : { hash: phone, device: null }, at)
  await boardChanged(tx, of.districtId)
  return wish.supporters + 1
}

export const hashOfAccount = (id: string): Buffer => createHash('sha256').update(`person/${id}`).digest()
