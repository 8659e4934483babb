import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { forDistrict } from '../../server/db/database.ts'
import { savePlaces } from '../../server/places/queries.ts'
import { themesOf } from '../../server/themes/queries.ts'
import { saveSuggestions } from '../../server/themes/renew-queries.ts'
import { sites } from './briefs-district.ts'
import { type OpenThemes, openThemes, survey } from './themes-district.ts'

let open: OpenThemes
const ids: Record<string, { id: string; receipt: string }> = {}
const base = `${survey}/open-answers`
const key = (name: string) => ({ response: ids[name]!.id, question: 'suggestion' })

beforeAll(async () => {
  open = await openThemes()
  ids.parking = await open.write('C001', '停车太难，请找王建国先生13800138000')
  ids.both = await open.write('C001', '没有路灯，停车也难')
  ids.elsewhere = await open.write('C003', '停车位不够')
  ids.nothing = await open.write('C002', '希望越来越棒')
  ids.gone = await open.write('C001', '停车收费太贵')
  ids.out = await open.write('C001', '停车场太小')
  await open.read()
}, 60_000)
afterAll(() => open?.stop())

const decide = (body: object) => open.call('POST', `${base}/decisions`, { decision: randomUUID(), ...body })
const peopleOf = async (code: string) =>
  (await open.read()).counts
    .filter((count: { code: string }) => count.code === code)
    .reduce((sum: number, { people }: { people: number }) => sum + people, 0)
const one = async (name: string) =>
  (await open.list()).answers.find((answer: { response: string }) => answer.response === ids[name]!.id)

test('answers come with suggestions and without names and numbers, and a search finds neither', async () => {
  expect(await one('parking')).toMatchObject({
    text: '停车太难，请找〔姓名〕先生〔电话〕',
    state: 'waiting',
    codes: [{ code: 'parking', state: 'suggested' }],
  })
  expect((await one('both')).codes.map(({ code }: { code: string }) => code)).toEqual(['lighting', 'parking'])
  expect((await one('nothing')).state).toBe('none')
  expect((await open.list(`?search=${encodeURIComponent('路灯')}`)).answers).toHaveLength(1)
  for (const secret of ['王建国', '13800138000'])
    expect((await open.list(`?search=${encodeURIComponent(secret)}`)).answers).toEqual([])
  const { rows } = await open.look(
    `select count(*)::int as n from open_answers o where to_jsonb(o)::text like '%停车%'`,
  )
  expect(rows[0].n).toBe(0)
})

test('pages follow one another without gaps', async () => {
  const seen: string[] = []
  let after = ''
  do {
    const page = await open.list(`?limit=2${after}`)
    seen.push(...page.answers.map(({ response }: { response: string }) => response))
    after = page.next ? `&after=${encodeURIComponent(page.next)}` : ''
  } while (after)
  expect(seen.sort()).toEqual(
    Object.values(ids)
      .map(({ id }) => id)
      .sort(),
  )
})

test('a secretary sees and decides the own community alone', async () => {
  const secretary = await open.person('shu.ji', [{ role: 'secretary', level: 'community', code: 'C003' }])
  const { body } = await secretary('GET', base)
  expect(body.answers.map(({ community }: { community: string }) => community)).toEqual(['C003'])
  const foreign = { decision: randomUUID(), state: 'confirmed', answers: [key('parking')] }
  expect((await secretary('POST', `${base}/decisions`, foreign)).body).toEqual({ answers: 0 })
  expect((await one('parking')).state).toBe('waiting')
  const quotation = { ...key('parking'), code: 'parking', text: '停车太难', public: false }
  expect((await secretary('POST', `${base}/quotations`, quotation)).body.code).toBe('unknown_open_answer')
  expect((await secretary('PUT', '/districts/YX/code-dictionary', { base: 0, codes: [] })).status).toBe(403)
  const themes = await secretary('GET', `${base}/themes`)
  expect([themes.body.words, themes.body.states.waiting]).toEqual([[], 1])
})

test('many are confirmed at once, counted as people, and the decision is undone as one', async () => {
  const decision = randomUUID()
  const all = { state: 'waiting', code: 'parking' }
  const { body } = await decide({ decision, state: 'confirmed', codes: ['parking'], all })
  expect(body).toEqual({ answers: 5 })
  expect(await peopleOf('parking')).toBe(5)
  // Another suggestion of the same answer still waits for somebody.
  expect((await one('both')).state).toBe('waiting')
  const other = await open.person('lin.gui', [{ role: 'planner', level: 'district', code: '' }])
  expect((await other('DELETE', `${base}/decisions/${decision}`)).body).toEqual({ answers: 0, left: false })
  expect((await open.call('DELETE', `${base}/decisions/${decision}`)).body).toEqual({ answers: 5, left: false })
  expect(await peopleOf('parking')).toBe(0)
  expect((await one('both')).codes.map(({ state }: { state: string }) => state)).toEqual(['suggested', 'suggested'])
})

test('a theme that was not suggested is given by hand, a suggestion is rejected, and both survive a new dictionary', async () => {
  await decide({ state: 'confirmed', codes: ['thanks'], answers: [key('nothing')] })
  await decide({ state: 'rejected', answers: [key('elsewhere')] })
  expect((await one('elsewhere')).state).toBe('set_aside')
  const { revision, codes } = await open.must('GET', '/districts/YX/code-dictionary')
  const more = codes.map((code: { code: string; keywords: string[] }) =>
    code.code === 'culture' ? { ...code, keywords: [...code.keywords, '越来越棒'] } : code,
  )
  expect(await open.must('PUT', '/districts/YX/code-dictionary', { base: revision, codes: more })).toEqual({
    revision: 1,
  })
  const late = await open.call('PUT', '/districts/YX/code-dictionary', { base: revision, codes: more })
  expect([late.status, late.body.code]).toEqual([409, 'dictionary_changed'])
  await open.read()
  expect((await one('nothing')).codes).toEqual([
    { code: 'culture', state: 'suggested' },
    { code: 'thanks', state: 'confirmed' },
  ])
  expect((await one('elsewhere')).state).toBe('set_aside')
})

test('a merged theme hands over its answers', async () => {
  const { revision, codes } = await open.must('GET', '/districts/YX/code-dictionary')
  const merges = [{ from: 'thanks', into: 'neighbourhood' }]
  await open.must('PUT', '/districts/YX/code-dictionary', { base: revision, codes, merges })
  const { dictionary, counts } = await open.read()
  expect(dictionary.codes.find(({ code }: { code: string }) => code === 'thanks').retired).toBe(true)
  expect(counts).toContainEqual({ community: 'C002', code: 'neighbourhood', people: 1 })
  const lost = await open.call('PUT', '/districts/YX/code-dictionary', { base: revision + 1, codes: codes.slice(1) })
  expect([lost.status, lost.body.code]).toEqual([422, 'bad_dictionary'])
})

test('suggestions that are renewed while an answer is withdrawn keep nobody waiting for each other', async () => {
  const { id } = ids.nothing!
  const db = forDistrict(open.app.db, 1)
  const of = { districtId: 1, survey: 'needs2026' }
  let renewed: Promise<void> | undefined
  // As a withdrawal does it: first the answer, then its codes; here neither is kept.
  const withdrawn = db.transaction().execute(async (one) => {
    await one.deleteFrom('open_answers').where('district_id', '=', 1).where('response_id', '=', id).execute()
    renewed = saveSuggestions(db, of, 2, [{ response: id, question: 'suggestion', codes: ['culture'] }])
    await sleep(300)
    await one.deleteFrom('open_answer_codes').where('district_id', '=', 1).where('response_id', '=', id).execute()
    throw new Error('taken back')
  })
  await expect(withdrawn).rejects.toThrow('taken back')
  await renewed
  expect((await one('nothing')).codes.map(({ code }: { code: string }) => code)).toContain('culture')
})

test('an answer that is withdrawn or excluded takes its themes and its quotation along', async () => {
  await decide({ state: 'confirmed', codes: ['parking'], answers: ['parking', 'gone', 'out'].map(key) })
  const quote = (name: string, text: string) =>
    open.call('POST', `${base}/quotations`, { ...key(name), code: 'parking', text, public: true })
  expect((await quote('parking', '停车太难……先生〔电话〕')).status).toBe(201)
  expect((await quote('gone', '停车收费太贵')).status).toBe(201)
  expect((await quote('out', '停车场太小')).status).toBe(201)
  expect((await quote('out', '停车场太大')).body.code).toBe('quotation_adds')
  expect((await quote('both', '停车也难')).body.code).toBe('not_confirmed')
  expect(await peopleOf('parking')).toBe(3)
  const db = forDistrict(open.app.db, 1)
  const of = { survey: 'needs2026', versions: [1], community: 'C001' }
  expect(await themesOf(db, 1, of)).toMatchObject({ wrote: 4, coded: 3, themes: [{ code: 'parking', people: 3 }] })
  await open.must('POST', '/districts/YX/withdrawals', { receipt: ids.gone!.receipt }, {})
  await open.look(`update responses set review = 'excluded' where id = '${ids.out!.id}'`)
  expect(await peopleOf('parking')).toBe(1)
  const after = await themesOf(db, 1, of)
  expect(after).toMatchObject({ wrote: 2, coded: 1, themes: [{ people: 1 }] })
  expect(after.quotations.map(({ text }) => text)).toEqual(['停车太难……先生〔电话〕'])
  const { rows } = await open.look(`select 1 from quotations where response_id = '${ids.gone!.id}'`)
  expect(rows).toEqual([])
})

test('a brief quotes what was chosen, and the public edition nothing of fewer than ten people', async () => {
  await savePlaces(forDistrict(open.app.db, 1), 1, 'sites', sites.slice(0, 1))
  const brief = async (audience: string) => {
    const { edition } = await open.must('POST', '/districts/YX/sites/S1/briefs', { audience })
    return JSON.stringify(await open.must('GET', `/districts/YX/sites/S1/briefs/${edition}?audience=${audience}`))
  }
  const staff = await brief('staff')
  expect(staff).toContain('居民的话')
  expect(staff).toContain('停车太难……先生〔电话〕')
  expect(staff).not.toContain('停车收费太贵')
  expect(await brief('public')).not.toContain('停车太难')
})

test('the thread of the server as it is built reads as well', async () => {
  const worker = new Worker(new URL('../../dist/server/themes/renew-thread.mjs', import.meta.url), { execArgv: [] })
  const of = { databaseUrl: open.app.pg.pool.options.connectionString, districtId: 1, survey: 'needs2026' }
  worker.postMessage({ ...of, goesOn: false })
  const [said] = await once(worker, 'message')
  await worker.terminate()
  expect(said).toEqual({ result: false })
})

test('five thousand answers are read in the background, and every one is listed once', async () => {
  const words = ['停车太难', '没有路灯', '食堂太远', '希望越来越棒', '不需要停车场']
  await open.look(`
    insert into responses (district_id, id, survey_code, version, community_code, channel, proxy, received_at, answers)
    select 1, gen_random_uuid(), 'needs2026', 1, 'C002', 'online', false, now(),
      json_build_object('suggestion', (array['${words.join("','")}'])[1 + n % 5] || n) from generate_series(1, 5000) n`)
  await open.look(`update tally_versions set tally_version = tally_version + 5000 where community_code = 'C002'`)
  const began = performance.now()
  const { states } = await open.read()
  expect(performance.now() - began).toBeLessThan(20_000)
  expect(states.waiting).toBeGreaterThanOrEqual(3_000)
  let confirmed = 0
  let after: string | undefined
  const decision = randomUUID()
  do {
    const all = { community: 'C002', code: 'parking' }
    const { body } = await decide({ decision, state: 'confirmed', codes: ['parking'], all, after })
    confirmed += body.answers
    after = body.next
  } while (after)
  expect(confirmed).toBe(1_000)
  expect(await peopleOf('parking')).toBe(1_001)
}, 60_000)
