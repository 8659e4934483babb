import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId, type OpenDistrict, openDistrict } from './surveys-district.ts'

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
    const stored = await district.pool.query('SELECT answers, answers::text AS text FROM responses WHERE id = $1', [
      submission.id,
    ])
    expect(stored.rows[0].text).toBe(JSON.stringify(submission.answers))
  })

  test('the same id and content again gives 200 and the same receipt, whatever the order of its keys', async () => {
    const submission = district.make()
    const first = await district.send(submission)
    const turned = Object.fromEntries(Object.entries(submission).reverse())
    const again = await district.send({ ...turned, id: submission.id.toUpperCase() })
    expect(again.status).toBe(200)
    expect(again.body).toEqual(first.body)
  })
})

void newId
