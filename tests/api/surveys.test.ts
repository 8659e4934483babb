import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { staff } from '../setup/app.ts'
import { type OpenDistrict, openDistrict, type Reply } from './surveys-district.ts'

let district: OpenDistrict
beforeAll(async () => {
  district = await openDistrict()
})
afterAll(() => district?.stop())

describe('taking an answer in', () => {
  test('answers 201 with a receipt of the district, and the answer is stored exactly as sent', async () => {
    const submission = district.make()
    const reply = await district.send(submission)
    expect(reply.body).toEqual({ id: submission.id, receipt: expect.stringMatching(/^YX(-[0-9A-HJKMNP-TV-Z]{4}){3}$/) })
    expect(reply.status).toBe(201)
    const { rows } = await district.pool.query('SELECT answers::text AS text FROM responses WHERE id = $1', [
      submission.id,
    ])
    expect(rows).toEqual([{ text: JSON.stringify(submission.answers) }])
  })

  test('the same id and content again gives 200 and the same receipt, whatever the order of its keys', async () => {
    const submission = district.make()
    const first = await district.send(submission)
    const turned = (record: object) => Object.fromEntries(Object.entries(record).reverse())
    const again = await district.send({
      ...turned(submission),
      id: submission.id.toUpperCase(),
      answers: turned(submission.answers),
    })
    expect(again.status).toBe(200)
    expect(again.body).toEqual(first.body)
  })

  test('five sendings of each id at the same moment make one answer and hear one receipt', async () => {
    const before = await district.count('responses')
    const submissions = Array.from({ length: 60 }, () => district.make())
    const replies = await Promise.all(
      submissions.map((one) => Promise.all([1, 2, 3, 4, 5].map(() => district.send(one)))),
    )
    for (const same of replies) {
      expect(same.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 201])
      expect(new Set(same.map(({ body }) => body.receipt)).size).toBe(1)
    }
    expect((await district.count('responses')) - before).toBe(60)
  })

  test('the same id with other content is refused, kept for review a few times, and the first stays as it was', async () => {
    const submission = district.make()
    await district.send(submission)
    for (let word = 0; word < 8; word += 1) {
      const reply = await district.send({ ...submission, answers: { ...submission.answers, suggestion: `改${word}` } })
      expect([reply.status, reply.body.code]).toEqual([409, 'same_id_other_content'])
    }
    const kept = await district.pool.query('SELECT body FROM response_conflicts WHERE response_id = $1', [
      submission.id,
    ])
    expect(kept.rows.length).toBe(5)
    expect(kept.rows[0].body.answers.suggestion).toMatch(/^改\d$/)
    const { rows } = await district.pool.query('SELECT answers FROM responses WHERE id = $1', [submission.id])
    expect(rows[0].answers).toEqual(submission.answers)
  })

  test('two different answers under one id at the same moment: one is taken, the other refused', async () => {
    const submission = district.make()
    const other = { ...submission, answers: { ...submission.answers, suggestion: '另一份' } }
    const replies = await Promise.all([district.send(submission), district.send(other)])
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 409])
  })

  test('an answer that the database is long in taking is stored all the same: who sent it is told to send it again, and hears its receipt then', async () => {
    const submission = district.make()
    const other = await district.pool.connect()
    try {
      await other.query('BEGIN; LOCK TABLE responses IN EXCLUSIVE MODE')
      const replies = await Promise.all([district.send(submission), district.send(submission)])
      expect(replies.map(({ status, body }) => [status, body.code])).toEqual([
        [503, 'busy'],
        [503, 'busy'],
      ])
    } finally {
      await other.query('ROLLBACK')
      other.release()
    }
    const stored = async () =>
      (await district.pool.query('SELECT receipt FROM responses WHERE id = $1', [submission.id])).rows
    await expect.poll(async () => (await stored()).length).toBe(1)
    const again = await district.send(submission)
    expect([again.status, again.body.receipt]).toEqual([200, (await stored())[0].receipt])
  })

  test('what staff fill in at the door or from paper needs the key', async () => {
    for (const channel of ['visit', 'paper', 'meeting'] as const) {
      const submission = district.make({ channel })
      const refused = await district.send(submission)
      expect([refused.status, refused.body.code]).toEqual([403, 'channel_needs_key'])
      expect((await district.send(submission, staff)).status).toBe(201)
    }
  })

  test('a device is kept only as a hash', async () => {
    const submission = district.make({ device: 'phone-of-somebody' })
    await district.send(submission)
    const { rows } = await district.pool.query(
      'SELECT to_json(responses)::text AS text, device_hash FROM responses WHERE id = $1',
      [submission.id],
    )
    expect(rows[0].device_hash).toMatch(/^[\w-]{43}$/)
    expect(rows[0].text).not.toContain('phone-of-somebody')
  })

  test('a community that was imported a moment ago is known', async () => {
    const unknown = await district.send(district.make({ community: 'C900' }))
    expect([unknown.status, unknown.body.code]).toEqual([404, 'unknown_community'])
    await district.addCommunity('C900')
    expect((await district.send(district.make({ community: 'C900' }))).status).toBe(201)
  })
})

describe('withdrawing an answer', () => {
  test('wipes it, takes it out of the tallies, and answers 410 for ever', async () => {
    const submission = district.make({ device: 'd', slip: 'A-1' })
    const { body } = await district.send(submission)
    await district.send({ ...submission, answers: { ...submission.answers, suggestion: '改' } })
    const before = await district.counted()
    const typed = body.receipt?.toLowerCase().replaceAll('-', ' ').replace('0', 'o') ?? ''
    expect((await district.withdraw(typed)).body).toEqual({ withdrawn: true })
    expect(await district.counted()).toBe(before - 1)
    const { rows } = await district.pool.query('SELECT * FROM responses WHERE id = $1', [submission.id])
    const { district_id, id, survey_code, version, review, received_at, receipt, withdrawn_at, ...rest } = rows[0]
    expect({ district_id, id, survey_code, version, review, receipt }).toEqual({
      ...{
        district_id: 1,
        id: submission.id,
        survey_code: 'needs2026',
        version: 1,
        review: 'kept',
        receipt: body.receipt,
      },
    })
    expect(received_at).toEqual(withdrawn_at)
    expect(new Set(Object.values(rest))).toEqual(new Set([null]))
    const kept = await district.pool.query('SELECT 1 FROM response_conflicts WHERE response_id = $1', [submission.id])
    expect(kept.rowCount).toBe(0)
    const late = [
      await district.send(submission),
      await district.send({ ...submission, proxy: !submission.proxy }),
      await district.send({ ...submission, answers: {} }),
    ]
    for (const reply of [...late, await district.withdraw(typed)]) {
      expect([reply.status, reply.body.code]).toEqual([410, 'response_withdrawn'])
    }
  })

  test('happens once, however often it is asked for at the same moment', async () => {
    const { body } = await district.send(district.make())
    const before = await district.counted()
    const replies = await Promise.all([1, 2, 3, 4].map(() => district.withdraw(body.receipt ?? '')))
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 410, 410, 410])
    expect(await district.counted()).toBe(before - 1)
  })

  test('a code that was never given out is unknown, and guessing is slowed down', async () => {
    for (const typed of [
      'YX-0000-0000-0000',
      'AB-0000-0000-0000',
      'hello world',
      '💥💥💥💥',
      'YX-0000-0000-000\u0000',
    ]) {
      const reply = await district.withdraw(typed)
      expect([typed, reply.status, reply.body.code]).toEqual([typed, 404, 'unknown_receipt'])
    }
    const guess = () =>
      district.call('POST', '/api/districts/YX/withdrawals', { receipt: 'YX-0000-0000-0000' }, {}, '10.9.9.9')
    const replies: Reply[] = []
    for (let time = 0; time < 70; time += 1) replies.push(await guess())
    const last = replies.filter(({ status }) => status === 429)
    expect(last.length).toBe(10)
    expect(last[0]?.headers['retry-after']).toBeDefined()
  })
})
