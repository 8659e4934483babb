import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Demand } from '../../shared/demand/api.ts'
import type { SurveyDefinition } from '../../shared/surveys/definition.ts'
import { definition } from '../load/answers.ts'
import { asking, key } from '../setup/app.ts'
import { signedIn } from '../setup/people.ts'
import { type OpenDistrict, openDistrict } from './surveys-district.ts'

let district: OpenDistrict
beforeAll(async () => {
  district = await openDistrict(2)
})
afterAll(() => district?.stop())

// biome-ignore lint/suspicious/noExplicitAny: a definition is edited as somebody would in a file
type Edit = (question: (name: string) => any, pages: any[]) => void
const edited = (change: Edit): SurveyDefinition => {
  const copy = JSON.parse(JSON.stringify(definition))
  // biome-ignore lint/suspicious/noExplicitAny: the same
  const all = copy.pages.flatMap((page: any) => page.elements)
  change((name) => all.find((one: { name: string }) => one.name === name), copy.pages)
  return copy
}

const base = '/api/districts/YX'
// biome-ignore lint/suspicious/noExplicitAny: each call knows what it asked for
const read = async (url: string) => (await district.call('GET', `${base}${url}`)).body as any
const demandOf = (survey: string, community = 'C001', more = ''): Promise<Demand> =>
  read(`/communities/${community}/demand?survey=${survey}${more}`)

async function answer(survey: string, count: number, more: object = {}) {
  const receipts: string[] = []
  for (let made = 0; made < count; made += 1) {
    const submission = district.make({ community: 'C001', ...more })
    const { status, body } = await district.call('POST', `${base}/surveys/${survey}/responses`, submission, {})
    if (status !== 201) throw new Error(JSON.stringify(body))
    receipts.push(body.receipt as string)
  }
  await district.folded()
  return receipts
}

const title = '需求调查'
const reworded = edited((question) => {
  question('needs').title = '您和家人需要社区提供哪些服务呢？'
})

describe('a corrected misprint', () => {
  test('keeps the answers given before, in shares, in the table and in sums', async () => {
    await district.publish({ title, definition }, 'typo')
    const receipts = await answer('typo', 40)
    const before = await demandOf('typo')
    const published = await district.publish({ title, definition: reworded }, 'typo')
    expect(published.body).toMatchObject({ version: 2, round: 1, countsOn: true, givenUp: [] })
    const carried = await demandOf('typo')
    expect([carried.version, carried.n]).toEqual([2, 40])
    expect(carried.services.map(({ need, unmet, top }) => [need, unmet, top])).toEqual(
      before.services.map(({ need, unmet, top }) => [need, unmet, top]),
    )
    expect(carried.inputs[0]).toMatch(/^tallies:typo@2\+1\/C001#/)
    await answer('typo', 12, { version: 2 })
    expect((await demandOf('typo')).n).toBe(52)
    const table = await read('/demand?survey=typo')
    expect([table.version, table.communities[0].n, table.district.n]).toEqual([2, 52, 52])
    expect((await read('/demand/whole?survey=typo')).n).toBe(52)

    await district.withdraw(receipts[0]!)
    await district.folded()
    expect((await demandOf('typo')).n).toBe(51)
    expect((await read('/demand?survey=typo')).communities[0].n).toBe(51)
    expect((await read('/demand/whole?survey=typo')).n).toBe(51)
    expect((await demandOf('typo', 'C001', '&version=1')).n).toBe(39)
  })

  test('but other services are not asked of those who answered before, and the figures stay with them until somebody answers', async () => {
    await district.publish({ title, definition }, 'other')
    await answer('other', 12)
    const fewer = edited((question) => {
      question('needs').choices.pop()
      question('top').choices.pop()
      question('met').rows.pop()
    })
    const { body } = await district.publish({ title, definition: fewer }, 'other')
    expect(body).toMatchObject({
      countsOn: false,
      why: [expect.stringContaining('去掉选项'), expect.anything(), expect.anything()],
    })
    expect((await demandOf('other')).version).toBe(1)
  })
})

describe('a mapping', () => {
  const without = edited((_, pages) => {
    pages[2].elements = pages[2].elements.filter(({ name }: { name: string }) => name !== 'meal_price')
  })

  test('that loses a question is refused by name, and nothing is published', async () => {
    await district.publish({ title, definition }, 'lost')
    const reply = await district.publish(
      { title, definition: without, mapping: { questions: {}, choices: {} } },
      'lost',
    )
    expect([reply.status, reply.body.code]).toEqual([422, 'mapping_refused'])
    expect(reply.body.details).toEqual([
      { at: 'meal_price', rule: 'lost', message: expect.stringContaining('在新版本里没有着落') },
    ])
    expect((await read('/surveys/lost')).version).toBe(1)
    const given = { questions: { meal_price: null }, choices: {} }
    const { body } = await district.publish({ title, definition: without, mapping: given }, 'lost')
    expect(body).toMatchObject({ version: 2, countsOn: true, givenUp: [{ name: 'meal_price' }] })
  })

  test('that nobody gave is proposed, and the answer says what was given up', async () => {
    await district.publish({ title, definition }, 'proposed')
    const { body } = await district.publish({ title, definition: without }, 'proposed')
    expect(body).toMatchObject({ version: 2, countsOn: true, givenUp: [{ name: 'meal_price' }] })
  })

  test('makes no sense for a first version', async () => {
    const reply = await district.publish({ title, definition, mapping: { questions: {}, choices: {} } }, 'first')
    expect([reply.status, reply.body.details?.[0]?.rule]).toEqual([422, 'first'])
    expect((await district.publish({ title, definition, round: 'new' }, 'first')).status).toBe(422)
  })
})

describe('a new round', () => {
  const share = (demand: Demand, service: string) => demand.services.find((one) => one.service === service)!.need

  test('begins without answers, is compared with the one before, and the difference is that of two independent shares', async () => {
    await district.publish({ title, definition }, 'again')
    const wanting = (rest: string[]) => ({ ...district.make().answers, ...asking(['health', ...rest]) })
    const asking = (needs: string[]) => ({
      ...{ residence: 'here', age: '35-59', sex: 'male', children: ['none'], needs },
      ...{ met: Object.fromEntries(needs.map((one) => [one, 25])), top: needs.slice(0, 1) },
      ...{ elder_care_users: undefined, meal_times: undefined, meal_price: undefined, after_school_times: undefined },
    })
    const few = { ...wanting([]), ...asking(['fitness']) }
    await answer('again', 45, { answers: wanting(['fitness']) })
    await answer('again', 15, { answers: few })
    await answer('again', 3, { community: 'C002', answers: few })
    const first = await demandOf('again')
    const begun = await district.publish({ title, definition: reworded, round: 'new' }, 'again')
    expect(begun.body).toMatchObject({ version: 2, round: 2, countsOn: false, givenUp: [] })
    // The old round stands until somebody answers in the new one.
    expect((await demandOf('again')).version).toBe(1)
    expect((await read('/demand/changes?survey=again')).rounds).toEqual([{ round: 1, version: 1 }])

    await answer('again', 20, { version: 2, answers: wanting(['fitness']) })
    await answer('again', 40, { version: 2, answers: few })
    const second = await demandOf('again')
    expect([second.version, second.n]).toEqual([2, 60])
    const seen = await read('/communities/C001/rounds?survey=again')
    expect(
      seen.rounds.map(({ round, version, n }: { round: number; version: number; n: number }) => [round, version, n]),
    ).toEqual([
      [1, 1, 60],
      [2, 2, 60],
    ])
    expect(seen.comparable).toEqual([{ need: null, unmet: null, top: null }])
    const health = seen.services.find(({ service }: { service: string }) => service === 'health')
    const [was, is] = [share(first, 'health'), share(second, 'health')]
    expect(health.rounds.map((one: { need: object }) => one.need)).toEqual([was, is])
    const [change] = health.changes
    // Both shares rest on 60 answers of nearly the same spread: Welch's degrees of freedom lie close to 118, where t is 1.980272.
    const reach = 1.980272 * Math.hypot(was.se!, is.se!)
    expect(change.need.difference).toBeCloseTo(is.p! - was.p!, 10)
    expect(change.need.high - change.need.low).toBeCloseTo(2 * reach, 3)
    expect(change.need.says).toBe('down')
    const fitness = seen.services.find(({ service }: { service: string }) => service === 'fitness')
    expect(fitness.changes[0].need.says).toBe('unclear')

    const { communities } = await read('/demand/changes?survey=again')
    expect(communities.map(({ code }: { code: string }) => code)).toEqual(['C001'])
    expect(communities[0].services.map(({ service }: { service: string }) => service)).toContain('health')
    for (const url of ['/subdistricts/S01/rounds', '/demand/rounds']) {
      expect((await read(`${url}?survey=again`)).rounds.map(({ n }: { n: number }) => n)).toEqual([63, 60])
    }
  })

  test('in which the question changed is shown beside the other, but not compared', async () => {
    const other = edited((question) => {
      question('top').maxSelectedChoices = 2
    })
    await district.publish({ title, definition: other, round: 'new' }, 'again')
    const needy = { residence: 'here', age: '35-59', sex: 'male', children: ['none'], needs: ['health'] }
    const answers = { answering: 'self', elders: ['none'], ...needy, met: { health: 25 }, top: ['health'] }
    await answer('again', 12, { version: 3, answers })
    const seen = await read('/communities/C001/rounds?survey=again')
    expect(seen.comparable[1]).toEqual({
      ...{ need: null, unmet: null },
      top: '“其中您最盼望先办的是哪几项？”口径变了：可选的项数由最多3项改为最多2项',
    })
    const health = seen.services.find(({ service }: { service: string }) => service === 'health')
    expect(health.rounds[2].top.n).toBe(12)
    expect([health.changes[1].top, health.changes[1].need.says]).toEqual([null, 'up'])
    const { body } = (await district.call('GET', `${base}/surveys/again/comparison?from=2&to=3`)) as never as {
      body: { questions: { now: { name: string }; measure: string; changes: string[] }[]; why: string[] }
    }
    expect(body.questions.filter(({ measure }) => measure !== 'same')).toEqual([
      expect.objectContaining({ measure: 'reworded' }),
      expect.objectContaining({ measure: 'changed', changes: ['可选的项数由最多3项改为最多2项'] }),
    ])
    expect(body.why[0]).toContain('不在同一轮')
    const listed = await read('/surveys/again/versions')
    expect(listed.map(({ version, round }: { version: number; round: number }) => [version, round])).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ])
    expect(listed[0].publishedBy).toBe('持工作密钥的人')
  })
})

test('whoever holds one community reads how many answered there, not how many elsewhere', async () => {
  await district.publish({ title, definition }, 'held')
  for (const community of ['C001', 'C001', 'C002'])
    expect((await district.call('POST', `${base}/surveys/held/responses`, district.make({ community }))).status).toBe(
      201,
    )
  await district.folded()
  const grants = [{ role: 'secretary', level: 'community', code: 'C002' } as const]
  const who = { username: 'held.two', name: '李书记', grants }
  const { headers } = await signedIn(asking(district.running.app), { key, district: 'YX' }, who)
  const counts = async (as?: object) => {
    const { body } = await district.call('GET', `${base}/surveys/held/versions`, undefined, as)
    return (body as never as { n: number }[]).map(({ n }) => n)
  }
  expect([await counts(), await counts(headers)]).toEqual([[3], [1]])
})

test('the next round can be begun as it is, once, and by one person', async () => {
  await district.publish({ title, definition }, 'next')
  const begin = (version: number) => district.call('POST', `${base}/surveys/next/rounds`, { version })
  const replies = await Promise.all([begin(1), begin(1)])
  expect(replies.map(({ status }) => status).sort()).toEqual([201, 409])
  expect(replies.find(({ status }) => status === 201)!.body).toEqual({ survey: 'next', version: 2, round: 2 })
  expect(replies.find(({ status }) => status === 409)!.body.code).toBe('version_moved')
  const { rows } = await district.pool.query(
    `select after from audit_entries where subject = 'survey:next' order by seq desc limit 1`,
  )
  expect(JSON.parse(rows[0].after)).toMatchObject({ version: 2, round: 2, mapping: { questions: {} } })
})

test('a draft is compared with the version that it will follow, and says what it leaves without a successor', async () => {
  await district.publish({ title, definition }, 'draft')
  const begun = await district.call('POST', `${base}/survey-drafts`, { from: 'version', survey: 'draft' })
  const changed = edited((question) => {
    question('meal_price').choices[0] = { value: 'cheap', text: '便宜' }
    question('meal_times').name = 'mealtimes'
  })
  const { revision } = begun.body as never as { revision: number }
  const saved = { revision, title, definition: changed, retentionDays: 180 }
  await district.call('PUT', `${base}/survey-drafts/draft`, saved)
  const compared = await read('/survey-drafts/draft/comparison')
  expect(compared.choices).toEqual([
    {
      question: 'meal_price',
      lost: [{ value: 'under_10', text: '10 元以内' }],
      fresh: [{ value: 'cheap', text: '便宜' }],
    },
  ])
  const publication = (mapping: object) =>
    district.call('POST', `${base}/survey-drafts/draft/publication`, { revision: revision + 1, mapping })
  const lost = await publication({ questions: { meal_times: 'mealtimes' }, choices: {} })
  expect([lost.status, lost.body.details?.map(({ at, rule }) => `${at} ${rule}`)]).toEqual([422, ['meal_price lost']])
  const whole = { questions: { meal_times: 'mealtimes' }, choices: { meal_price: { under_10: 'cheap' } } }
  expect((await publication(whole)).body.version).toBe(2)
  expect((await read('/surveys/draft/comparison?from=1&to=2')).mapping).toMatchObject(whole)
})

describe('what is new since the last round', () => {
  const url = '/surveys/lists'
  const reached = async (query = '') => {
    const { communities, rounds } = await read(`${url}/coverage${query}`)
    const { cells, days } = communities.find(({ community }: { community: string }) => community === 'C001')
    const sum = cells.reduce((all: number, cell: { reached: number }) => all + cell.reached, 0)
    expect(days.reduce((all: number, { n }: { n: number }) => all + n, 0)).toBe(sum)
    return [sum, rounds]
  }
  const written = async (round: string) => {
    while ((await read(`${url}/open-answers/themes`)).reading) await sleep(50)
    const { answers } = await read(`${url}/open-answers?round=${round}&limit=100`)
    const { states, rounds } = await read(`${url}/open-answers/themes?round=${round}`)
    expect(Object.values<number>(states).reduce((all, n) => all + n)).toBe(answers.length)
    return [answers.length, rounds]
  }
  const flagged = async (query: string) => {
    const { matching, rounds } = await read(`${url}/quality?sign=device&decision=all${query}`)
    return [matching, rounds]
  }
  const more = (device: string) => ({ device, answers: { ...district.make().answers, suggestion: `想要${device}` } })

  test('stands by itself on the board, among flagged answers and open ones; a corrected misprint begins nothing anew', async () => {
    await district.publish({ title, definition }, 'lists')
    await answer('lists', 6, more('one'))
    await district.publish({ title, definition: reworded }, 'lists')
    expect(await reached()).toEqual([6, [1]])
    await answer('lists', 2, { version: 2, ...more('two') })
    expect(await reached()).toEqual([8, [1]])
    const state = async (query = '') => (await read(`${url}/coverage/state${query}`)).state
    const before = await state()

    await district.publish({ title, definition: reworded, round: 'new' }, 'lists')
    expect(await reached()).toEqual([0, [1, 2]])
    expect([await state('?round=1'), (await state()) === before]).toEqual([before, false])
    expect([await written('all'), await written('1')]).toEqual([
      [8, [1]],
      [8, [1]],
    ])
    await answer('lists', 7, { version: 3, ...more('three') })
    expect([await reached(), await reached('?round=1'), await reached('?round=all')]).toEqual([
      [7, [1, 2]],
      [8, [1, 2]],
      [15, [1, 2]],
    ])
    expect([await written('all'), await written('1'), await written('2'), await written('9')]).toEqual([
      [15, [1, 2]],
      [8, [1, 2]],
      [7, [1, 2]],
      [0, [1, 2]],
    ])
    expect((await read(`${url}/open-answers?limit=100`)).answers).toHaveLength(7)
    while ((await flagged('&round=all'))[0] !== 13) await sleep(50)
    expect([await flagged(''), await flagged('&round=1')]).toEqual([
      [7, [1, 2]],
      [6, [1, 2]],
    ])
    expect((await district.call('GET', `${base}${url}/coverage?round=0`)).status).toBe(400)
  })

  test('is all that is confirmed at once, unless another round is asked for', async () => {
    const confirm = async (all: object) => {
      const decision = { decision: randomUUID(), state: 'confirmed', codes: ['health'], all }
      const { body } = await district.call('POST', `${base}${url}/open-answers/decisions`, decision)
      return (body as never as { answers: number }).answers
    }
    expect([await confirm({}), await confirm({ round: '1' })]).toEqual([7, 8])
  })
})
