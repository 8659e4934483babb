import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Planned } from '../../shared/deliberations/api.ts'
import { base, consultation, type Deliberations, forum, openDeliberations } from './deliberations-district.ts'

let house: Deliberations
beforeAll(async () => {
  house = await openDeliberations()
})
afterAll(() => house?.stop())

const asSecretary = (method: string, path: string, body?: unknown) => house.call(method, path, body, house.secretary)
const wish = (plan = forum(), id: string = randomUUID()) => ({ id, community: plan.community, plan })

describe('a plan', () => {
  test('is made once however often it is sent, gets a code of its own, and comes back as it was written', async () => {
    const plan = forum({ compounds: ['D01'] })
    const given = wish(plan)
    const first = await asSecretary('POST', base, given)
    expect([first.status, first.body.status, first.body.revision, first.body.communityName]).toEqual([
      ...[201, 'planned', 1, 'C001社区'],
    ])
    expect(first.body.plan).toEqual(plan)
    expect(first.body.code).toMatch(/^[1-9][0-9]{5}$/)
    const again = await asSecretary('POST', base, { ...given, id: given.id.toUpperCase() })
    expect([again.status, again.body]).toEqual([200, first.body])
    const other = await asSecretary('POST', base, { ...given, plan: { ...plan, title: '另一次会' } })
    expect([other.status, other.body.code]).toEqual([409, 'same_deliberation'])
    const { body: list } = await asSecretary('GET', base)
    expect(list.filter(({ id }: Planned) => id === given.id)).toMatchObject([{ title: plan.title, statements: 0 }])
  })

  test('says place by place what keeps it from being held, and nothing is kept', async () => {
    const cases: [more: object, at: string][] = [
      [{ title: ' ' }, 'title'],
      [{ title: '座谈\u0000会' }, 'title'],
      [{ place: '' }, 'place'],
      [{ agenda: [] }, 'agenda'],
      [{ compounds: ['D09'] }, 'compounds'],
      [{ startsAt: '1026-01-01T00:00:00Z' }, 'startsAt'],
      [{ startsAt: '2026-12-31T23:59:60Z' }, 'startsAt'],
      [{ endsAt: '2026-11-28T10:00:00Z' }, 'endsAt'],
      [{ ...consultation(), endsAt: null }, 'endsAt'],
      [{ ...consultation(), proposals: [] }, 'proposals'],
      [{ kind: 'consultation', endsAt: '2026-12-28T10:00:00Z' }, 'proposals'],
    ]
    const before = (await house.look('select count(*) from deliberations')).rows[0].count
    for (const [more, where] of cases) {
      const { status, body } = await asSecretary('POST', base, wish(forum(more)))
      expect([status, body.code], where).toEqual([422, 'bad_plan'])
      expect(body.details.map(({ at }: { at: string }) => at)).toContain(where)
    }
    const differs = await asSecretary('POST', base, { ...wish(), plan: forum({ community: 'C002' }) })
    expect([differs.status, differs.body.code]).toEqual([422, 'bad_plan'])
    expect((await house.look('select count(*) from deliberations')).rows[0].count).toBe(before)
  })

  test('is found by nobody outside: a foreign secretary, another district and a made-up id get the same answer', async () => {
    const { id, plan } = await house.planned()
    const missing = await asSecretary('GET', `${base}/${randomUUID()}`)
    const foreign = await house.call('GET', `${base}/${id}`, undefined, house.neighbour)
    expect([foreign.status, foreign.body]).toEqual([404, missing.body])
    for (const [method, path, body] of [
      ['PUT', '', { revision: 1, plan }],
      ['PUT', '/status', { status: 'open' }],
    ] as const) {
      const said = await house.call(method, `${base}/${id}${path}`, body, house.neighbour)
      expect([said.status, said.body], path).toEqual([404, missing.body])
    }
    const abroad = await house.call('GET', `/districts/LH/deliberations/${id}`)
    expect([abroad.status, abroad.body]).toEqual([404, missing.body])
    expect((await house.call('GET', base, undefined, house.neighbour)).body).toEqual([])
  })

  test('changed by two at once is saved once: the second keeps nothing and is told', async () => {
    const { id, plan } = await house.planned()
    const save = (title: string) => asSecretary('PUT', `${base}/${id}`, { revision: 1, plan: { ...plan, title } })
    const said = await Promise.all([save('甲改的'), save('乙改的')])
    expect(said.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(said.find(({ status }) => status === 409)?.body.code).toBe('plan_changed')
    const kept = await asSecretary('GET', `${base}/${id}`)
    expect([kept.body.revision, kept.body.plan.title]).toEqual([
      2,
      said.find(({ status }) => status === 200)?.body.plan.title,
    ])
  })

  test('may not take items of another deliberation', async () => {
    const other = await house.planned()
    const { status, body } = await asSecretary('POST', base, wish(forum({ agenda: other.plan.agenda })))
    expect([status, body.code]).toEqual([422, 'bad_plan'])
    expect((await asSecretary('GET', `${base}/${other.id}`)).body.plan).toEqual(other.plan)
  })
})

describe('once it is open', () => {
  test('kind and community stay, what was begun stays, and the rest can be changed and is told to the room', async () => {
    const { id, plan, revision } = await house.open()
    const save = (more: object, at = revision) =>
      asSecretary('PUT', `${base}/${id}`, { revision: at, plan: { ...plan, ...more } })
    expect((await save({ kind: 'workshop' })).body.code).toBe('plan_fixed')
    const [begun, ...rest] = plan.agenda
    await house.look(`update agenda_items set state = 'current', started_at = now() where id = '${begun!.id}'`)
    expect((await save({ agenda: rest })).body.code).toBe('plan_fixed')
    const saved = await save({ agenda: [rest[1]!, begun!], host: '王主任' })
    expect([saved.status, saved.body.plan.agenda]).toEqual([200, [rest[1], begun]])
    const { rows } = await house.look(
      `select body->>'kind' as kind from deliberation_events where deliberation_id = '${id}' order by seq desc limit 4`,
    )
    expect(rows.map(({ kind }) => kind).sort()).toEqual(['desk', 'head', 'items', 'proposals'])
    const stays = await house.look(`select state from agenda_items where id = '${begun!.id}'`)
    expect(stays.rows).toEqual([{ state: 'current' }])
  })

  test('it closes when no question is open, opens again, and stays closed once its minutes are approved', async () => {
    const { id } = await house.planned()
    const turn = async (status: string) => {
      const said = await asSecretary('PUT', `${base}/${id}/status`, { status })
      return [said.status, said.body.code.length === 6 ? said.body.status : said.body.code]
    }
    expect(await turn('closed')).toEqual([409, 'wrong_status'])
    expect(await turn('open')).toEqual([200, 'open'])
    expect(await turn('open')).toEqual([200, 'open'])
    const question = `insert into questions (district_id, id, deliberation_id, kind, title, options, picks, secret, state, created_at)
      values (1, '${randomUUID()}', '${id}', 'motion', '建食堂', '[]', 0, false, 'open', now())`
    await house.look(question)
    expect(await turn('closed')).toEqual([409, 'questions_open'])
    await house.look(`update questions set state = 'void' where deliberation_id = '${id}'`)
    expect(await turn('closed')).toEqual([200, 'closed'])
    expect(await turn('open')).toEqual([200, 'open'])
    expect(await turn('closed')).toEqual([200, 'closed'])
    await house.look(`insert into minutes (district_id, deliberation_id, revision, status, texts, edited_by, edited_at)
      values (1, '${id}', 1, 'approved', '[]', 'key', now())`)
    expect(await turn('open')).toEqual([409, 'wrong_status'])
    const { rows } = await house.look(
      `select count(*)::int as n from audit_entries where subject = 'deliberation:${id}' and action like 'PUT%/status'`,
    )
    expect(rows).toEqual([{ n: 4 }])
  })
})
