import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type BriefEntry, composeBrief } from '../../shared/briefs/api.ts'
import type { Document } from '../../shared/document.ts'
import { questionnaire } from '../../shared/surveys/questionnaire.ts'
import { definition } from '../load/answers.ts'
import { staff } from '../setup/app.ts'
import { figureAt } from '../unit/briefs/figures.ts'
import { type OpenBriefs, openBriefs } from './briefs-district.ts'

let district: OpenBriefs
beforeAll(async () => {
  district = await openBriefs()
  await district.send('C001', 40)
  const definition = questionnaire([{ code: 'health', zh: '健康服务' }])
  const body = { title: '社区嵌入式服务需求调查', definition }
  const published = await district.call('POST', '/api/districts/YX/surveys/needs2026/versions', body, staff)
  expect(published.body.version).toBe(2)
})
afterAll(() => district?.stop())

describe('a version that was just published and that nobody has answered', () => {
  test('does not empty the briefs: they rest on the newest version that has answers', async () => {
    const entry = await district.edition('S1')
    const brief: Document = JSON.parse((await district.file(entry)).bytes.toString())
    expect(figureAt(brief, 'responses', 'n').value).toBe(40)
  })

  test('can be asked for, and one that does not exist is refused by name', async () => {
    const url = composeBrief.url.replace(':district', 'YX').replace(':site', 'S1')
    const newest = await district.call('POST', url, { audience: 'staff', version: 2 }, staff)
    expect(newest.status).toBe(201)
    const text = (await district.file(newest.body as unknown as BriefEntry)).bytes.toString()
    expect(text).toContain('第2版')
    expect(text).toContain('暂无需求数据')
    const none = await district.call('POST', url, { audience: 'staff', version: 3 }, staff)
    expect([none.status, none.body.code]).toEqual([404, 'unknown_version'])
    const unknown = await district.call('POST', url, { audience: 'staff', survey: 'nothing' }, staff)
    expect([unknown.status, unknown.body.code]).toEqual([404, 'unknown_survey'])
  })
})

describe('a version in which earlier answers count on', () => {
  let other: OpenBriefs
  beforeAll(async () => {
    other = await openBriefs()
  })
  afterAll(() => other?.stop())

  test('goes on with the public figures of the one before, so that editions of the two cannot be subtracted', async () => {
    await other.send('C001', 40)
    const publicBrief = async () => JSON.parse(String((await other.file(await other.edition('S1', 'public'))).bytes))
    const first = await publicBrief()
    const changed = JSON.parse(JSON.stringify(definition).replace('您和家人需要社区提供', '您和家人想要社区提供'))
    const published = await other.publish({ title: '社区嵌入式服务需求调查', definition: changed })
    expect(published.body).toMatchObject({ version: 2, countsOn: true })
    await other.send('C001', 4, { version: 2 })
    const second = await publicBrief()
    const counted = (brief: Document) => figureAt(brief, 'demand', 'inside').value
    expect(counted(second)).toBe(counted(first))
    expect(JSON.stringify(second)).toContain('第2版问卷，同一轮第1版的答卷')
    expect(JSON.stringify(await other.file(await other.edition('S1')).then(({ bytes }) => String(bytes)))).toContain(
      '44',
    )
    // Whoever asks for the older version gets the same series.
    const url = composeBrief.url.replace(':district', 'YX').replace(':site', 'S1')
    const older = await other.call('POST', url, { audience: 'public', version: 1 }, staff)
    expect(older.body).toMatchObject({ edition: 2 })
    await other.send('C001', 30, { version: 2 })
    expect(figureAt(await publicBrief(), 'responses', 'n').value).toBe(74)
  })
})
