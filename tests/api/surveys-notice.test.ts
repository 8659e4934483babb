import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Notice, shippedNotice } from '../../shared/surveys/notice.ts'
import { definition } from '../load/answers.ts'
import { staff } from '../setup/app.ts'
import { type OpenDistrict, openDistrict } from './surveys-district.ts'

const own: Notice = {
  version: 'yixu-1',
  title: '请先看一看',
  points: [{ heading: '谁在问', text: '以需区民政局，批准文号以民〔2026〕7号。' }],
  consent: '我知道了，愿意填写。',
}

describe('the notice of a survey', () => {
  let district: OpenDistrict
  beforeAll(async () => {
    district = await openDistrict()
  })
  afterAll(() => district?.stop())

  const opened = async () => {
    const links = await district.call('GET', '/api/districts/YX/surveys/needs2026/links')
    const [{ code }] = links.body as unknown as [{ code: string }]
    return (await district.call('GET', `/api/s/${code}`)).body as unknown as { version: number; notice?: Notice }
  }
  const publish = (notice: unknown) => district.publish({ title: '需求调查', definition: { ...definition, notice } })

  it('is the shipped one where the survey brings none, and online answers must have agreed to it', async () => {
    expect((await opened()).notice).toBeUndefined()
    const other = await district.send(district.make({ consentVersion: 'another' }))
    expect([other.status, other.body.code]).toEqual([409, 'notice_changed'])
    expect((await district.send(district.make())).status).toBe(201)
    expect((await district.send(district.make({ channel: 'paper', consentVersion: 'paper-3' }), staff)).status).toBe(
      201,
    )
  })

  it('is the district’s own where the definition brings one, from that version on', async () => {
    const sent = district.make({ consentVersion: shippedNotice.version })
    expect((await district.send(sent)).status).toBe(201)
    expect((await publish(own)).status).toBe(201)
    const now = await opened()
    expect(now.notice).toEqual(own)
    const before = await district.send(district.make({ version: now.version }))
    expect([before.status, before.body.code]).toEqual([409, 'notice_changed'])
    const agreed = district.make({ version: now.version, consentVersion: own.version })
    expect((await district.send(agreed)).status).toBe(201)
    const { rows } = await district.pool.query('SELECT consent_version AS agreed FROM responses WHERE id = $1', [
      agreed.id,
    ])
    expect(rows).toEqual([{ agreed: own.version }])
    // Whoever was stored in time and never heard of it gets the receipt.
    expect((await district.send(sent)).status).toBe(200)
  })

  it('keeps its words as long as it keeps its version', async () => {
    expect((await publish(own)).status).toBe(201)
    const changed = await publish({ ...own, consent: '我同意。' })
    expect([changed.status, changed.body.code]).toEqual([422, 'survey_not_publishable'])
    expect(changed.body.details?.[0]?.message).toContain('请换一个版本号')
    expect((await publish({ ...own, consent: '我同意。', version: 'yixu-2' })).status).toBe(201)
  })

  it.each([
    ['no text', { ...own, points: [{ heading: '谁在问', text: ' ' }] }, '内容（text）'],
    ['no points', { ...own, points: [] }, '要点（points）'],
    ['points that are none', { ...own, points: ['谁在问'] }, '写明 heading 和 text'],
    ['a version that is a sentence', { ...own, version: '第 1 版' }, '版本（version）'],
    ['the version of the shipped one', { ...own, version: shippedNotice.version }, '系统自带'],
    ['no consent', { ...own, consent: undefined }, '（consent）'],
    ['something else in it', { ...own, html: '<b>' }, 'html'],
    ['not even a record', '告知书', '四项'],
  ])('is refused by name with %s', async (_, notice, words) => {
    const { status, body } = await publish(notice)
    expect([status, body.code]).toEqual([422, 'survey_not_publishable'])
    expect(body.details?.map(({ message }) => message).join()).toContain(words)
  })
})
