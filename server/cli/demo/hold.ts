import type { Question } from '../../../shared/deliberations/questions-api.ts'
import { uuid } from './answers.ts'
import { type Chance, chance } from './chance.ts'
import type { Client } from './client.ts'
import * as told from './meeting.ts'

const DAY_MS = 86_400_000

interface Here {
  send(method: string, path: string, body?: unknown): Promise<unknown>
  dice: Chance
}

/** Holds a meeting in one community and puts a draft plan out for comments, as staff and residents would over the same calls. */
export async function holdMeetings(http: Client, district: string, community: string): Promise<void> {
  const base = `/api/districts/${district}/deliberations`
  const send = async (method: string, path: string, body?: unknown) => {
    const { status, body: said } = await http.send(method, `${base}${path}`, body)
    // 409: an earlier run that was broken off has done it already.
    if (![200, 201, 409].includes(status)) throw new Error(`演示数据装入失败（${method} ${path}：${status}）：${said}`)
    return JSON.parse(said) as unknown
  }
  const here = (seed: string): Here => ({ send, dice: chance(`${seed} ${community}`) })
  await holdMeeting(here('meeting'), community)
  await consult(here('consultation'), community)
}

const moment = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString()

async function holdMeeting({ send, dice }: Here, community: string): Promise<void> {
  const { agenda, ...plan } = told.meeting
  const items = agenda.map((item) => ({ id: uuid(dice), ...item }))
  const id = uuid(dice)
  const more = { compounds: [], startsAt: moment(0), endsAt: null, moderated: true, speakerSeconds: 180, proposals: [] }
  await send('POST', '', { id, community, plan: { ...plan, ...more, community, agenda: items } })
  await send('PUT', `/${id}/roster`, {
    people: Array.from({ length: told.ROSTER }, (_, i) => ({ name: told.nameOf(i + 1), seat: i + 1 })),
  })
  const one: Here = { dice, send: (method, path, body) => send(method, `/${id}${path}`, body) }
  await one.send('PUT', '/status', { status: 'open' })
  const phones = await comeIn(one)
  await one.send('PUT', '/item', { item: items[0]!.id })
  await one.send('PUT', '/item', { item: items[1]!.id })
  const said = await speak(one, phones)
  await weigh(one, phones, items[1]!.id, said)
  await one.send('PUT', '/item', { item: items[2]!.id })
  await resolve(one, phones, items[2]!.id)
  await one.send('PUT', '/item', { item: null })
  await one.send('PUT', '/status', { status: 'closed' })
  await promise(one, said)
  const { revision, status } = (await one.send('GET', '/minutes')) as { revision: number; status: string }
  if (status !== 'draft') return
  const approved = (await one.send('PUT', '/minutes/status', { revision, status: 'approved' })) as { revision: number }
  await one.send('PUT', '/minutes/status', { revision: approved.revision, status: 'published' })
}

async function comeIn({ send, dice }: Here): Promise<told.Person[]> {
  const phones = told.people(dice, told.PHONES, 'phone')
  for (const { id, ticket } of phones) await send('POST', '/attendance', { participant: id, ticket })
  for (let seat = 1; seat <= told.SEATS; seat++) {
    await send('POST', '/attendance/door', { participant: uuid(dice), seat, name: told.nameOf(seat) })
  }
  return phones
}

/** Every third is written on a phone. Returns the ids of the statements. */
async function speak({ send, dice }: Here, phones: told.Person[]): Promise<string[]> {
  const ids = told.statements.map(() => uuid(dice))
  for (const [i, { text, service, into }] of told.statements.entries()) {
    const id = ids[i]!
    if (i % 3 === 2) {
      await send('POST', '/statements', { id, ticket: phones[i]!.ticket, text })
      await send('PUT', `/statements/${id}/state`, { state: 'shown' })
    } else await send('POST', '/statements/taken', { id, text, seat: i + 1 })
    await send('PUT', `/statements/${id}/service`, { service })
    if (into !== undefined) await send('PUT', `/statements/${id}/merged`, { into: ids[into] })
  }
  return ids
}

const asked = { picks: 0, secret: false, rule: null, quorum: null, requirement: null }

async function weigh({ send, dice }: Here, phones: told.Person[], item: string, said: string[]): Promise<void> {
  const open = told.statements.flatMap(({ into, agreed }, i) => (into === undefined ? [{ id: said[i]!, agreed }] : []))
  const id = uuid(dice)
  const options = open.map((each) => ({ id: each.id, text: '意见' }))
  await send('POST', '/questions', { id, ...asked, kind: 'opinion', title: '这些意见您赞成吗', item, options })
  await send('PUT', `/questions/${id}/state`, { state: 'open' })
  const votes = () =>
    open.map((each) => ({ id: uuid(dice), subject: each.id, choice: told.choiceOf(dice, each.agreed) }))
  for (const { ticket } of phones) await send('POST', `/questions/${id}/votes`, { ticket, votes: votes() })
  for (let seat = 1; seat <= told.SEATS; seat++)
    await send('POST', `/questions/${id}/seat-votes`, { seat, votes: votes() })
  await send('PUT', `/questions/${id}/state`, { state: 'closed' })
}

async function resolve({ send, dice }: Here, phones: told.Person[], item: string): Promise<void> {
  const id = uuid(dice)
  const { title, agreed, against } = told.motion
  const rules = { rule: 'present', quorum: { of: 'roster', share: 0.5 } }
  await send('POST', '/questions', { id, ...asked, ...rules, kind: 'motion', title, item, options: [] })
  await send('PUT', `/questions/${id}/state`, { state: 'open' })
  const votes = () => [{ id: uuid(dice), subject: id, choice: told.choiceOf(dice, agreed, against) }]
  for (const { ticket } of phones) await send('POST', `/questions/${id}/votes`, { ticket, votes: votes() })
  for (let seat = 1; seat <= told.SEATS; seat++)
    await send('POST', `/questions/${id}/seat-votes`, { seat, votes: votes() })
  const closed = (await send('PUT', `/questions/${id}/state`, { state: 'closed' })) as Question
  if (closed.state && closed.state !== 'closed') throw new Error('演示数据装入失败：决议没有表决完')
}

async function promise({ send, dice }: Here, said: string[]): Promise<void> {
  for (const { days, statements, state, outcome, ...rest } of told.followUps) {
    const wanted = {
      ...rest,
      dueOn: moment(days).slice(0, 10),
      statements: statements.map((i) => said[i]!),
      question: null,
    }
    const id = uuid(dice)
    const { revision } = (await send('POST', '/follow-ups', { id, ...wanted })) as { revision?: number }
    if (revision) await send('PUT', `/follow-ups/${id}`, { ...wanted, revision, state, outcome })
  }
}

async function consult({ send, dice }: Here, community: string): Promise<void> {
  const { days, proposals, comments, ...plan } = told.consultation
  const drafts = proposals.map((proposal) => ({ id: uuid(dice), ...proposal }))
  const id = uuid(dice)
  const more = {
    compounds: [],
    place: '',
    host: '社区居委会',
    moderated: true,
    speakerSeconds: 180,
    seats: 0,
    agenda: [],
  }
  const times = { startsAt: moment(0), endsAt: moment(days) }
  await send('POST', '', { id, community, plan: { ...plan, ...more, ...times, community, proposals: drafts } })
  await send('PUT', `/${id}/status`, { status: 'open' })
  for (const [i, { proposal, text, answer, result }] of comments.entries()) {
    const [one] = told.people(dice, 1, `consultation ${i}`)
    const { id: participant, ticket } = one!
    await send('POST', `/${id}/attendance`, { participant, ticket })
    const statement = uuid(dice)
    await send('POST', `/${id}/statements`, { id: statement, ticket, text, proposal: drafts[proposal]!.id })
    await send('PUT', `/${id}/statements/${statement}/state`, { state: 'shown' })
    if (answer) await send('PUT', `/${id}/statements/${statement}/answer`, { answer, result })
  }
}
