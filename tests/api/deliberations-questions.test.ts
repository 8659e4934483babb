import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { forDistrict } from '../../server/db/database.ts'
import { hashOfTicket } from '../../server/deliberations/found.ts'
import { startVoteWriter } from '../../server/deliberations/vote-writer.ts'
import { savePlaces } from '../../server/places/queries.ts'
import type { Cast, Question } from '../../shared/deliberations/questions-api.ts'
import { shippedCatalogue } from '../../shared/places/catalogue.ts'
import { sites } from './briefs-district.ts'
import { base, type Deliberations, openDeliberations, type Phone } from './deliberations-district.ts'
import { consultation } from './deliberations-plans.ts'

let house: Deliberations
/** An open room with three phones and the seats 7 and 8. */
let room: string
let phones: Phone[]

beforeAll(async () => {
  house = await openDeliberations()
  await savePlaces(forDistrict(house.app.db, 1), 1, 'sites', [{ ...sites[0]!, community: 'C001' }])
}, 120_000)
afterAll(() => house?.stop())

async function seated(deliberation: string, seat: number) {
  const body = { participant: randomUUID(), seat, name: '王阿姨' }
  return await house.must('POST', `${base}/${deliberation}/attendance/door`, body, house.secretary)
}

async function opened(howMany = 3, seats = [7, 8]) {
  const { id } = await house.open()
  const came = []
  for (let i = 0; i < howMany; i += 1) came.push(await house.phone(id))
  for (const seat of seats) await seated(id, seat)
  return { room: id, phones: came }
}

beforeEach(async () => {
  ;({ room, phones } = await opened())
})

const motion = (more: object = {}) => ({
  ...{ id: randomUUID(), kind: 'motion', title: '是否改造车棚', item: null, options: [], picks: 0 },
  ...{ secret: false, rule: 'simple', quorum: null, requirement: null, ...more },
})
const listed = () => ['晾衣架', '充电桩', '长椅'].map((text) => ({ id: randomUUID(), text }))
const dots = (more: object = {}) => motion({ kind: 'dots', options: listed(), picks: 2, rule: null, ...more })

const path = (question?: string, rest = '') => `${base}/${room}/questions${question ? `/${question}${rest}` : ''}`
const ask = (wish: object) => house.call('POST', path(), wish, house.secretary)
const turn = (question: string, state: string, more: object = {}) =>
  house.call('PUT', path(question, '/state'), { state, ...more }, house.secretary)

async function asked(wish: { id: string }): Promise<Question> {
  return await house.must('POST', path(), wish, house.secretary)
}

async function put(wish: { id: string }): Promise<Question> {
  await asked(wish)
  return await house.must('PUT', path(wish.id, '/state'), { state: 'open' }, house.secretary)
}

const cast = (subject: string, choice: Cast['choice'], id = randomUUID()): Cast => ({ id, subject, choice })
const vote = (question: string, by: { ticket: string }, ...votes: Cast[]) =>
  house.call('POST', path(question, '/votes'), { ticket: by.ticket, votes }, {})
const voteFor = (question: string, seat: number, ...votes: Cast[]) =>
  house.call('POST', path(question, '/seat-votes'), { seat, votes }, house.secretary)
const raise = (question: string, subject: string, agree: number, disagree = 0, pass = 0) =>
  house.call('PUT', path(question, '/hands'), { subject, counts: { agree, disagree, pass } }, house.secretary)

/**
 * Everything that is kept of questions and votes, and what staff did to them. How many have voted, opinion groups and
 * suggested services come a moment later, by themselves.
 */
async function everything(): Promise<string> {
  const kept = ['votes', 'vote_log', 'hand_counts', 'ballot_roll', 'sealed_ballots', 'ballots']
  const all = [
    ...kept.map((table) => `select t::text as row from ${table} t order by 1`),
    `select (to_jsonb(t) #- '{outcome,groups}' #- '{outcome,withoutGroups}')::text as row from questions t order by 1`,
    `select seq from deliberation_events where deliberation_id = '${room}' and body ->> 'about' = 'questions' order by 1`,
    `select seq from audit_entries where subject like 'question:%' order by 1`,
  ]
  const found = []
  for (const each of all) found.push((await house.look(each)).rows)
  return JSON.stringify(found)
}

/** It is refused by this name, and nothing that was recorded changes. */
async function refused(
  reply: () => Promise<{ status: number; body: { code: string; message: string } }>,
  code: string,
) {
  const before = await everything()
  const { status, body } = await reply()
  expect(body.code).toBe(code)
  expect(status).toBeGreaterThanOrEqual(400)
  expect(body.message).toMatch(/[\u4e00-\u9fff]/)
  expect((await everything()) === before).toBe(true)
  return body as { code: string; message: string; details?: { at: string }[] }
}

async function shown(texts: string[], deliberation = room): Promise<string[]> {
  const ids = texts.map(() => randomUUID())
  for (const [i, text] of texts.entries())
    await house.must('POST', `${base}/${deliberation}/statements/taken`, { id: ids[i], text }, house.secretary)
  return ids
}

const outcome = async (question: string) =>
  (await house.must('PUT', path(question, '/state'), { state: 'closed' }, house.secretary)).outcome

describe('a question is drawn up', () => {
  test('once, whoever asks again; another under its id is refused', async () => {
    const wish = dots()
    const first = await ask(wish)
    expect([first.status, (await ask({ ...wish, id: wish.id.toUpperCase() })).status]).toEqual([201, 200])
    await refused(() => ask({ ...wish, title: '别的' }), 'same_question')
    const elsewhere = await house.open()
    const there = `${base}/${elsewhere.id}/questions`
    await refused(() => house.call('POST', there, wish, house.secretary), 'same_question')
    expect(await house.must('GET', path(), undefined, house.secretary)).toEqual([first.body])
  })

  test('with statements that are on the wall, by their numbers and words', async () => {
    const [one, two] = await shown(['缺一个托儿所', '晚上路灯太暗'])
    const options = [one!, two!].map((id) => ({ id, text: '随便' }))
    const { options: filled } = await put(motion({ kind: 'opinion', options, rule: null }))
    expect(filled.map(({ text }) => text)).toEqual(['1号：缺一个托儿所', '2号：晚上路灯太暗'])
    const wish = motion({ kind: 'opinion', options: [{ id: randomUUID(), text: '没有' }], rule: null })
    expect((await refused(() => ask(wish), 'bad_question')).details?.[0]?.at).toBe('body/options/0/id')
  })

  test('without what was merged before it is opened', async () => {
    const [one, two] = await shown(['缺一个托儿所', '没有托儿所'])
    const options = [one!, two!].map((id) => ({ id, text: '随便' }))
    const { id } = await asked(motion({ kind: 'opinion', options, rule: null }))
    await house.must('PUT', `${base}/${room}/statements/${two}/merged`, { into: one }, house.secretary)
    expect((await turn(id, 'open')).body.options).toHaveLength(1)
  })

  test.each([
    ['a quorum of a roster that is empty', { quorum: { of: 'roster', share: 0.5 } }, 'body/quorum/of'],
    ['a site of another community', { requirement: { site: 'NOWHERE', function: 'canteen' } }, 'body/requirement/site'],
    ['a blank title', { title: ' ' }, 'body/title'],
    ['what cannot be stored', { title: 'a\u0007b' }, 'body/title'],
    ['secret dots', { kind: 'dots', options: listed(), picks: 1, rule: null, secret: true }, 'body/secret'],
  ])('not with %s', async (_, more, at) => {
    const { details } = await refused(() => ask(motion(more)), 'bad_question')
    expect(details?.map((one) => one.at)).toContain(at)
  })

  test('not with a function that is in no catalogue, and with one that is', async () => {
    const { code: site } = sites[0]!
    const bad = motion({ requirement: { site, function: 'NOTHING' } })
    const { details } = await refused(() => ask(bad), 'bad_question')
    expect(details?.map(({ at }) => at)).toEqual(['body/requirement/function'])
    const [known] = shippedCatalogue().services.flatMap(({ functions }) => functions)
    expect((await ask(motion({ requirement: { site, function: known!.code } }))).status).toBe(201)
  })

  test('not on an item that is not on the agenda, and not by whom the community is none of', async () => {
    await refused(() => ask(motion({ item: randomUUID() })), 'unknown_item')
    await refused(() => house.call('POST', path(), motion(), house.neighbour), 'unknown_deliberation')
    const { id } = await asked(motion())
    await refused(() => house.call('DELETE', path(id), undefined, house.neighbour), 'unknown_deliberation')
    const other = await house.open()
    const there = `${base}/${other.id}/questions/${id}`
    await refused(() => house.call('DELETE', there, undefined, house.secretary), 'unknown_question')
  })

  test('beforehand, and is opened when the room is', async () => {
    const planned = await house.planned()
    room = planned.id
    const { id } = await asked(motion({ item: planned.plan.agenda[2]!.id }))
    await refused(() => turn(id, 'open'), 'room_not_yet_open')
    await house.must('PUT', `${base}/${room}/status`, { status: 'open' }, house.secretary)
    expect((await turn(id, 'open')).body.state).toBe('open')
    await refused(
      () => house.call('PUT', `${base}/${room}/status`, { status: 'closed' }, house.secretary),
      'questions_open',
    )
    await turn(id, 'closed')
    await house.must('PUT', `${base}/${room}/status`, { status: 'closed' }, house.secretary)
    await refused(() => ask(motion()), 'room_closed')
  })

  test('and removed as long as it is a draft', async () => {
    const { id } = await asked(motion())
    await refused(() => turn(id, 'closed'), 'question_not_open')
    await refused(() => turn(id, 'void', { reason: '不要了' }), 'question_state')
    await refused(() => vote(id, phones[0]!, cast(id, 'agree')), 'question_not_open')
    expect(await house.must('DELETE', path(id), undefined, house.secretary)).toEqual({ removed: true })
    await refused(() => turn(id, 'open'), 'unknown_question')
    const { id: open } = await put(motion())
    await refused(() => house.call('DELETE', path(open), undefined, house.secretary), 'question_state')
  })
})

describe('an open vote', () => {
  test('counts the last word of everybody once, by channel, with hands beside it', async () => {
    const { id } = await put(motion())
    expect((await vote(id, phones[0]!, cast(id, 'disagree'))).body).toEqual({ taken: 1 })
    expect((await vote(id, phones[0]!, cast(id, 'agree'))).body).toEqual({ taken: 1 })
    await vote(id, phones[1]!, cast(id, 'agree'))
    await voteFor(id, 7, cast(id, 'pass'))
    await voteFor(id, 8, cast(id, 'agree'))
    await voteFor(id, 8, cast(id, 'disagree'))
    await raise(id, id, 4, 1)
    await raise(id, id, 5, 1)
    expect(await outcome(id)).toEqual({
      ...{ kind: 'motion', present: 5, roster: 0, needed: 0, verdict: 'passed', voted: { phone: 2, seat: 2 } },
      all: { agree: 2, disagree: 1, pass: 1 },
      byChannel: { phone: { agree: 2, disagree: 0, pass: 0 }, seat: { agree: 0, disagree: 1, pass: 1 } },
      hands: { agree: 5, disagree: 1, pass: 0 },
    })
    const { rows } = await house.look(`select count(*)::int as n from vote_log where question_id = '${id}'`)
    expect(rows[0].n).toBe(6)
  })

  test('takes an id once, also after it has closed, and never lets it override what came later', async () => {
    const { id } = await put(motion())
    const first = cast(id, 'disagree')
    await vote(id, phones[0]!, first)
    await vote(id, phones[0]!, cast(id, 'agree'))
    expect((await vote(id, phones[0]!, first)).body).toEqual({ taken: 0 })
    await refused(() => vote(id, phones[0]!, { ...first, choice: 'pass' }), 'bad_vote')
    await refused(() => vote(id, phones[1]!, first), 'bad_vote')
    expect((await outcome(id)).all).toEqual({ agree: 1, disagree: 0, pass: 0 })
    const again = await vote(id, phones[0]!, { ...first, id: first.id.toUpperCase() })
    expect(again).toMatchObject({ status: 200, body: { taken: 0 } })
    await refused(() => vote(id, phones[0]!, cast(id, 'pass')), 'question_closed')
    await refused(() => vote(id, phones[0]!, first, cast(id, 'pass')), 'question_closed')
    await refused(() => raise(id, id, 1), 'question_closed')
  })

  test('is for whoever is present', async () => {
    const { id } = await put(motion())
    const stranger = { ticket: randomBytes(32).toString('base64url') }
    await refused(() => vote(id, stranger, cast(id, 'agree')), 'not_present')
    await refused(() => voteFor(id, 9, cast(id, 'agree')), 'seat_not_present')
    const kept = cast(id, 'agree')
    await vote(id, phones[0]!, kept)
    await house.must('POST', `${base}/${room}/attendance/leaving`, { ticket: phones[0]!.ticket }, {})
    await refused(() => vote(id, phones[0]!, cast(id, 'disagree')), 'not_present')
    expect((await vote(id, phones[0]!, kept)).body).toEqual({ taken: 0 })
    // Who voted and left was there for this vote.
    expect(await outcome(id)).toMatchObject({ present: 5, voted: { phone: 1, seat: 0 } })
  })

  test('takes what it asks for and nothing else, the whole sending or none of it', async () => {
    const [one, two] = await shown(['缺一个托儿所', '晚上路灯太暗'])
    const options = [one!, two!].map((id) => ({ id, text: '随便' }))
    const opinion = await put(motion({ kind: 'opinion', options, rule: null }))
    const phone = phones[0]!
    await refused(() => vote(opinion.id, phone, cast(one!, 'agree'), cast(randomUUID(), 'agree')), 'bad_vote')
    await refused(() => vote(opinion.id, phone, cast(one!, 'agree'), cast(one!, 'pass')), 'bad_vote')
    await refused(() => vote(opinion.id, phone, cast(one!, [two!])), 'bad_vote')
    await refused(() => voteFor(opinion.id, 7), 'bad_vote')
    const choose = await put(dots())
    const [a, b, c] = choose.options.map(({ id }) => id) as [string, string, string]
    await refused(() => vote(choose.id, phone, cast(choose.id, [a, b, c])), 'bad_vote')
    await refused(() => vote(choose.id, phone, cast(choose.id, [a, a])), 'bad_vote')
    await refused(() => vote(choose.id, phone, cast(choose.id, [one!])), 'bad_vote')
    await refused(() => vote(choose.id, phone, cast(choose.id, 'agree')), 'bad_vote')
    const { details } = await refused(() => vote(choose.id, phone, cast(a, [b])), 'bad_vote')
    expect(details?.[0]?.at).toBe('body/votes/0/subject')
  })

  test('by dots and by places counts points by channel; statements come with the one most agree on first', async () => {
    const [one, two] = await shown(['缺一个托儿所', '晚上路灯太暗'])
    const options = [one!, two!].map((id) => ({ id, text: '随便' }))
    const opinion = await put(motion({ kind: 'opinion', options, rule: null }))
    const choose = await put(dots())
    const rank = await put(dots({ kind: 'ranking', picks: 3 }))
    const [a, b, c] = choose.options.map(({ id }) => id) as [string, string, string]
    const [x, y, z] = rank.options.map(({ id }) => id) as [string, string, string]
    await vote(opinion.id, phones[0]!, cast(one!, 'disagree'), cast(two!, 'agree'))
    await voteFor(opinion.id, 7, cast(two!, 'agree'))
    await vote(choose.id, phones[0]!, cast(choose.id, [c, b]))
    await voteFor(choose.id, 7, cast(choose.id, [b]))
    await vote(rank.id, phones[0]!, cast(rank.id, [x, y, z]))
    await voteFor(rank.id, 7, cast(rank.id, [z, y]))
    await raise(choose.id, a, 6)
    const told = await outcome(opinion.id)
    expect(told.results.map(({ option, all }: never) => [option, all])).toEqual([
      [two, { agree: 2, disagree: 0, pass: 0 }],
      [one, { agree: 0, disagree: 1, pass: 0 }],
    ])
    expect((await outcome(choose.id)).results).toEqual([
      { option: b, points: 2, byChannel: { phone: 1, seat: 1 }, hands: null },
      { option: c, points: 1, byChannel: { phone: 1, seat: 0 }, hands: null },
      { option: a, points: 0, byChannel: { phone: 0, seat: 0 }, hands: 6 },
    ])
    expect((await outcome(rank.id)).results.map(({ option, points }: never) => [option, points])).toEqual([
      [y, 4],
      [z, 4],
      [x, 3],
    ])
  })

  test('hands are counted where they can be, and not far beyond those who are there', async () => {
    const { id } = await put(motion())
    await refused(() => raise(id, randomUUID(), 1), 'bad_vote')
    await refused(() => raise(id, id, 31), 'bad_vote')
    const { id: rank } = await put(dots({ kind: 'ranking' }))
    await refused(() => raise(rank, rank, 1), 'bad_vote')
    const choose = await put(dots())
    await refused(() => raise(choose.id, choose.options[0]!.id, 1, 1), 'bad_vote')
    const { id: draft } = await asked(motion())
    await refused(() => raise(draft, draft, 1), 'question_not_open')
  })

  test('tells nobody how it stands until it closes', async () => {
    const { id } = await put(motion())
    await vote(id, phones[0]!, cast(id, 'agree'))
    await voteFor(id, 7, cast(id, 'agree'))
    await raise(id, id, 17)
    const there = `${base}/${room}`
    const told = [
      await house.must('GET', `${there}/room`, undefined, {}),
      await house.must('GET', `${there}/events?since=0`, undefined, {}),
      await house.must('GET', path(), undefined, house.secretary),
      await house.must('POST', `${there}/statements/own`, { ticket: phones[1]!.ticket }, {}),
    ]
    expect(JSON.stringify(told)).not.toMatch(/agree|"outcome":\{|"hands"/)
    const { rows } = await house.look(`select body::text from deliberation_events where deliberation_id = '${room}'`)
    expect(JSON.stringify(rows)).not.toMatch(/agree/)
    expect(told[2][0]).toMatchObject({ voted: 2, present: 5, outcome: null })
    expect(told[0].questions[0]).toMatchObject({ voted: 2, present: 5, outcome: null })
    await turn(id, 'closed')
    const after = await house.must('GET', `${there}/room`, undefined, {})
    expect(after.questions[0].outcome.all).toEqual({ agree: 2, disagree: 0, pass: 0 })
  })

  test('is voided with a reason, keeps what was cast, and is put again', async () => {
    const { id } = await put(motion())
    await vote(id, phones[0]!, cast(id, 'agree'))
    await refused(() => turn(id, 'void'), 'bad_question')
    await refused(() => turn(id, 'void', { reason: '  ' }), 'bad_question')
    const again: { id: string; reason: string } = { id: randomUUID(), reason: '题目没有说清楚' }
    const rerun = (body = again) => house.call('POST', path(id, '/reruns'), body, house.secretary)
    await refused(rerun, 'question_state')
    expect((await turn(id, 'void', { reason: '题目没有说清楚' })).body.state).toBe('void')
    await refused(() => vote(id, phones[0]!, cast(id, 'pass')), 'question_void')
    await refused(() => turn(id, 'open'), 'question_void')
    await refused(() => turn(id, 'closed'), 'question_void')
    const { rows } = await house.look(`select choice from vote_log where question_id = '${id}'`)
    expect(rows).toEqual([{ choice: 'agree' }])
    expect((await rerun()).status).toBe(201)
    expect(await rerun()).toMatchObject({ status: 200, body: { state: 'draft', rerunOf: id, reason: again.reason } })
    await refused(() => rerun({ ...again, id }), 'same_question')
    // Somebody else at another desk.
    await refused(() => rerun({ id: randomUUID(), reason: '再投一次' }), 'question_state')
    await refused(() => rerun({ id: randomUUID(), reason: ' ' }), 'bad_question')
    await refused(() => rerun({ id: randomUUID(), reason: 'a\u0000' }), 'bad_question')
    await refused(() => rerun({ id: randomUUID(), reason: '再来一次' }), 'question_state')
    await turn(again.id, 'open')
    await turn(again.id, 'void', { reason: '人走了一半' })
    await refused(() => rerun({ id: randomUUID(), reason: '再来一次' }), 'question_state')
    const third = { id: randomUUID(), reason: '再来一次' }
    expect((await house.call('POST', path(again.id, '/reruns'), third, house.secretary)).status).toBe(201)
  })

  test('that was decided is not put again beside its decision', async () => {
    const { id } = await put(motion())
    await vote(id, phones[0]!, cast(id, 'agree'))
    await turn(id, 'closed')
    await refused(
      () => house.call('POST', path(id, '/reruns'), { id: randomUUID(), reason: '再来' }, house.secretary),
      'question_state',
    )
    await refused(() => turn(id, 'open'), 'question_state')
    expect((await turn(id, 'closed')).status).toBe(200)
    expect((await turn(id, 'void', { reason: '有人代投' })).body.outcome).toMatchObject({ verdict: 'passed' })
  })
})

describe('a secret ballot', () => {
  test('is final, fails its quorum, and passes when it is put again', async () => {
    const wish = motion({ secret: true, rule: 'two-thirds', quorum: { of: 'attendance', share: 0.8 } })
    const { id } = await put(wish)
    const ballot = cast(id, 'agree')
    expect((await vote(id, phones[0]!, ballot)).body).toEqual({ taken: 1 })
    await refused(() => vote(id, phones[0]!, ballot), 'already_voted')
    await refused(() => vote(id, phones[0]!, cast(id, 'disagree')), 'already_voted')
    await refused(() => vote(id, phones[1]!, cast(randomUUID(), 'agree')), 'bad_vote')
    await refused(() => voteFor(id, 7, cast(id, 'agree')), 'bad_vote')
    await refused(() => raise(id, id, 1), 'no_hands_in_secret')
    expect((await voteFor(id, 7)).body).toEqual({ taken: 1 })
    await refused(() => voteFor(id, 7), 'already_voted')
    await refused(() => turn(id, 'closed'), 'papers_do_not_add_up')
    await refused(() => turn(id, 'closed', { papers: { agree: 1, disagree: 1, pass: 0 } }), 'papers_do_not_add_up')
    expect((await house.must('GET', path(), undefined, house.secretary))[0]).toMatchObject({ papers: 1, voted: 2 })
    const { body } = await turn(id, 'closed', { papers: { agree: 1, disagree: 0, pass: 0 } })
    expect(body.outcome).toEqual({
      ...{ kind: 'motion', present: 5, roster: 0, needed: 4, verdict: 'no-quorum', voted: { phone: 1, seat: 1 } },
      ...{ all: { agree: 2, disagree: 0, pass: 0 }, byChannel: null, hands: null },
    })
    await refused(() => vote(id, phones[0]!, ballot), 'already_voted')
    await refused(() => vote(id, phones[1]!, cast(id, 'agree')), 'question_closed')

    const again = randomUUID()
    await house.must('POST', path(id, '/reruns'), { id: again, reason: '人数不够' }, house.secretary)
    expect((await turn(again, 'open')).status).toBe(200)
    const said = ['agree', 'disagree', 'agree'] as const
    for (const [i, phone] of phones.entries()) await vote(again, phone, cast(again, said[i]!))
    await voteFor(again, 7)
    const closed = await turn(again, 'closed', { papers: { agree: 1, disagree: 0, pass: 0 } })
    expect(closed.body.outcome).toMatchObject({
      ...{ verdict: 'passed', needed: 4, voted: { phone: 3, seat: 1 } },
      all: { agree: 3, disagree: 1, pass: 0 },
    })
    const { rows } = await house.look(`select choice from ballots where question_id = '${again}' order by 1`)
    expect(rows.map(({ choice }) => choice)).toEqual(['agree', 'agree', 'agree', 'disagree'])
  })

  test('that is voided is thrown away unopened', async () => {
    const { id } = await put(motion({ secret: true }))
    await vote(id, phones[0]!, cast(id, 'agree'))
    await turn(id, 'void', { reason: '选票印错' })
    const { rows } = await house.look(
      'select (select count(*) from sealed_ballots)::int as sealed, (select count(*) from ballots)::int as opened',
    )
    expect(rows[0]).toMatchObject({ sealed: 0 })
    expect((await house.must('GET', path(), undefined, house.secretary))[0]).toMatchObject({ voted: 1, outcome: null })
    await refused(() => vote(id, phones[1]!, cast(id, 'agree')), 'question_void')
  })

  test('writes down who handed out paper, and nothing of when and to whom', async () => {
    const { id } = await put(motion({ secret: true }))
    await vote(id, phones[0]!, cast(id, 'agree'))
    await voteFor(id, 7)
    const { rows } = await house.look(`select action from audit_entries where subject = 'question:${id}'`)
    expect(rows.map(({ action }) => action.split('/').at(-1))).toEqual(['questions', 'state'])
  })
})

test('a vote is on a question of the deliberation it names', async () => {
  const { id } = await put(motion())
  const other = await house.open()
  const stray = { ticket: phones[0]!.ticket, votes: [cast(id, 'agree')] }
  const at = (deliberation: string) => () =>
    house.call('POST', `${base}/${deliberation}/questions/${id}/votes`, stray, {})
  await refused(at(other.id), 'unknown_question')
  await refused(at(randomUUID()), 'unknown_deliberation')
})

test('what residents weigh in a consultation are the items of the draft', async () => {
  const plan = consultation()
  const planned = await house.planned(plan)
  room = planned.id
  const options = plan.proposals.map(({ id }) => ({ id, text: '随便' }))
  const { body } = await ask(motion({ kind: 'opinion', options, rule: null }))
  expect(body.options.map(({ text }: { text: string }) => text)).toEqual(plan.proposals.map(({ title }) => title))
})

test('five hundred phones that vote at once are each counted once', async () => {
  const { id } = await put(motion())
  const { rows } = await house.look(
    `insert into participants (district_id, id, deliberation_id, number, channel, ticket_hash, names_me, signed_in_at)
     select 1, gen_random_uuid(), '${room}', 1000 + n, 'phone', sha256(rpad('t' || n, 43, '-')::bytea), false, now()
     from generate_series(1, 500) n returning 1`,
  )
  const tickets = rows.map((_, i) => ({ ticket: `t${i + 1}`.padEnd(43, '-') }))
  const replies = await Promise.all(
    tickets.flatMap((by) => [vote(id, by, cast(id, 'pass')), vote(id, by, cast(id, 'agree'))]),
  )
  expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]))
  expect((await outcome(id)).voted).toEqual({ phone: 500, seat: 0 })
})

test('what reaches two servers at the same moment is taken in once', async () => {
  const [one, two] = await shown(['缺一个托儿所', '晚上路灯太暗'])
  const options = [one!, two!].map((id) => ({ id, text: '随便' }))
  const { id } = await put(motion({ kind: 'opinion', options, rule: null }))
  const of = { districtId: 1, id: room }
  const servers = [1, 2].map(() => startVoteWriter(house.app.db, house.app.secrets, () => undefined))
  for (let round = 0; round < 10; round += 1) {
    const sendings = phones.flatMap(({ ticket }) =>
      [one!, two!].map((subject) => {
        return { by: { ticket: hashOfTicket(ticket) }, votes: [cast(subject, 'agree')], actor: 'resident' }
      }),
    )
    const both = [sendings, sendings.toReversed()]
    const taken = await Promise.all(servers.flatMap((server, i) => both[i]!.map((one) => server.add(of, id, one))))
    expect(taken.reduce((sum, n) => sum + n, 0)).toBe(sendings.length)
  }
  const { rows } = await house.look(
    `select (select count(*) from votes where question_id = '${id}')::int as votes,
       (select count(*) from vote_log where question_id = '${id}')::int as log`,
  )
  expect(rows[0]).toEqual({ votes: 6, log: 60 })
})
