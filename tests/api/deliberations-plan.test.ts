import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { seatSecret } from '../../server/deliberations/seat-card.ts'
import type { Invitee, Planned } from '../../shared/deliberations/api.ts'
import { pictures, squares } from '../unit/documents/pdf-pictures.ts'
import { readPdf } from '../unit/documents/pdf-reader.ts'
import { base, type Deliberations, openDeliberations } from './deliberations-district.ts'
import { consultation, forum } from './deliberations-plans.ts'

const publicUrl = 'https://ask.example.gov.cn'
let house: Deliberations
beforeAll(async () => {
  house = await openDeliberations({ publicUrl })
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
      ['PUT', '/roster', { people: [] }],
      ['GET', '/roster/template', undefined],
      ['GET', '/prints/poster', undefined],
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

  test('of a consultation the items that are asked about stay as they were put to the vote', async () => {
    const { id, plan, revision } = await house.open(consultation())
    const [first, second] = plan.proposals
    for (const proposals of [[first!], [{ ...first!, title: '别的' }, second!]]) {
      const saved = await asSecretary('PUT', `${base}/${id}`, { revision, plan: { ...plan, proposals } })
      expect([saved.status, saved.body.code]).toEqual([409, 'plan_fixed'])
    }
    expect((await asSecretary('GET', `${base}/${id}`)).body.plan).toEqual(plan)
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

async function upload(path: string, file: Buffer | string, name: string) {
  const form = new FormData()
  form.append('file', new Blob([file as BlobPart]), name)
  const encoded = new Response(form)
  const body = Buffer.from(await encoded.arrayBuffer())
  const headers = { ...house.secretary, 'content-type': encoded.headers.get('content-type')! }
  return await house.call('POST', `${base}/${path}`, body, headers)
}

describe('a roster', () => {
  const people = [{ name: '王芳', compound: '和平里一区', seat: 1 }, { name: '李明', seat: 2 }, { name: '赵强' }]
  const said = (roster: Invitee[]) => roster.map(({ name, compound, seat }) => [name, compound, seat])
  const stored = async (id: string) => said((await asSecretary('GET', `${base}/${id}`)).body.roster)

  test('is typed or imported, kept sealed, and those on it stay who they are when it is replaced', async () => {
    const { id } = await house.planned()
    const put = await asSecretary('PUT', `${base}/${id}/roster`, { people: [...people, { name: ' ' }] })
    expect([put.status, said(put.body.roster)]).toEqual([
      200,
      [
        ['王芳', '和平里一区', 1],
        ['李明', null, 2],
        ['赵强', null, null],
      ],
    ])
    const csv = '姓名,小区,座位号\n示例某,,\n赵强,,9\n孙丽,和平里二区,\n'
    const imported = await upload(`${id}/roster/import`, csv, '名单.csv')
    expect([imported.status, said(imported.body.roster)]).toEqual([
      200,
      [
        ['赵强', null, 9],
        ['孙丽', '和平里二区', null],
      ],
    ])
    expect(imported.body.roster[0].id).toBe(put.body.roster[2].id)
    const { rows } = await house.look(`select name::text as sealed from invitees where deliberation_id = '${id}'`)
    for (const { sealed } of rows) expect(sealed).not.toContain(Buffer.from('赵强').toString('hex'))
    const template = await house.app.inject({ url: `/api${base}/${id}/roster/template`, headers: house.secretary })
    const again = await upload(`${id}/roster/import`, template.rawPayload, '名单.xlsx')
    expect([again.status, again.body.code]).toEqual([422, 'bad_roster'])
    const auditor = await house.person('shen.ji', { role: 'auditor', level: 'district', code: '' })
    expect((await house.call('GET', `${base}/${id}`, undefined, auditor)).body.roster).toEqual([])
  })

  test('with faults is refused line by line and the one before stays', async () => {
    const { id } = await house.planned()
    await asSecretary('PUT', `${base}/${id}/roster`, { people })
    const before = await stored(id)
    const bad = await asSecretary('PUT', `${base}/${id}/roster`, {
      people: [{ name: '王芳' }, { name: '' }, { name: '王芳' }, { name: '李明', seat: 3 }, { name: '钱多', seat: 3 }],
    })
    expect([bad.status, bad.body.code, bad.body.details.map(({ at }: { at: string }) => at)]).toEqual([
      ...[422, 'bad_roster', ['2', '3', '5']],
    ])
    const csv = '姓名,小区,座位号\n王芳,,1\n\n王芳,,一\n'
    const file = await upload(`${id}/roster/import`, csv, '名单.csv')
    expect([file.status, file.body.details.map(({ at, rule }: never) => [at, rule])]).toEqual([
      422,
      [
        ['3', 'empty'],
        ['4', 'twice'],
        ['4', 'seat'],
      ],
    ])
    const many = { people: Array.from({ length: 2_001 }, (_, i) => ({ name: `居民${i}` })) }
    expect((await asSecretary('PUT', `${base}/${id}/roster`, many)).body.code).toBe('bad_roster')
    expect(await stored(id)).toEqual(before)
  })
})

describe('documents', () => {
  const pdf = '%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n'

  test('are PDF files that residents of the room read by their Chinese names, until they are taken down', async () => {
    const { id } = await house.planned()
    const sent = await upload(`${id}/documents`, pdf, '改造方案（草案）.pdf')
    expect([sent.status, sent.body.documents]).toMatchObject([201, [{ name: '改造方案（草案）.pdf' }]])
    expect((await upload(`${id}/documents`, '不是 PDF', '方案.pdf')).body.code).toBe('wrong_file')
    const [{ id: document }] = (await house.call('GET', `${base}/${id}/documents`, undefined, {})).body
    const path = `${base}/${id}/documents/${document}`
    const got = await house.app.inject({ url: `/api${path}` })
    expect([got.statusCode, got.body, got.headers['content-type']]).toEqual([200, pdf, 'application/pdf'])
    const other = await house.planned()
    const elsewhere = await house.app.inject({ url: `/api${base}/${other.id}/documents/${document}` })
    expect(elsewhere.statusCode).toBe(404)
    expect((await asSecretary('DELETE', path)).body.documents).toEqual([])
    expect((await asSecretary('DELETE', path)).status).toBe(404)
    expect((await house.app.inject({ url: `/api${path}` })).statusCode).toBe(404)
  })
})

describe('what is printed', () => {
  const print = async (id: string, sheet: string) => {
    const reply = await house.app.inject({ url: `/api${base}/${id}/prints/${sheet}`, headers: house.secretary })
    expect([reply.statusCode, reply.headers['content-type']]).toEqual([200, 'application/pdf'])
    return reply.rawPayload
  }

  test('poster and table cards lead to the room and say its six digits, on one page', async () => {
    const { id, code } = await house.planned(forum({ title: '长'.repeat(80), place: '很远的地方'.repeat(20) }))
    for (const [sheet, times] of [
      ['poster', 1],
      ['tables', 4],
    ] as const) {
      const file = await print(id, sheet)
      const { pages } = readPdf(file)
      expect(pages.length).toBe(1)
      expect(pages[0]!.text.split(code).length - 1).toBe(times)
      expect(pages[0]!.text).toContain('ask.example.gov.cn/m')
      expect(pictures(file)[0]).toEqual(squares(`${publicUrl}/m/YX/${code}`))
    }
  })

  test('seat cards are numbered, eight a page, each with a code that no other card has', async () => {
    const { id, code } = await house.planned(forum({ seats: 10 }))
    const file = await print(id, 'seats')
    expect(readPdf(file).pages.length).toBe(2)
    const codes = pictures(file).map((picture) => JSON.stringify(picture))
    expect([codes.length, new Set(codes).size]).toEqual([10, 10])
    const secret = seatSecret(house.app.secrets, { districtId: 1, id }, 7)
    expect(secret).toMatch(/^[A-Za-z0-9_-]{16}$/)
    expect(codes).toContain(JSON.stringify(squares(`${publicUrl}/m/YX/${code}#seat=7.${secret}`)))
    const none = await house.planned(forum({ seats: 0 }))
    expect((await asSecretary('GET', `${base}/${none.id}/prints/seats`)).body.code).toBe('bad_plan')
  })

  test('a consultation is printed as well', async () => {
    const { id, code } = await house.planned(consultation())
    expect(readPdf(await print(id, 'poster')).pages[0]!.text).toContain(code)
  })
})
