import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Demand } from '../../shared/demand/api.ts'
import { questionnaire } from '../../shared/surveys/questionnaire.ts'
import { services } from '../load/answers.ts'
import { type OpenBriefs, openBriefs } from './briefs-district.ts'

describe('the demand of a community', () => {
  let district: OpenBriefs
  beforeAll(async () => {
    district = await openBriefs()
  })
  afterAll(() => district?.stop())

  const read = async <T>(path: string) => (await district.call('GET', `/api/districts/YX/${path}`)).body as unknown as T

  it('names the facilities within reach, those of its neighbours too', async () => {
    const { nearby, services: asked } = await read<Demand>('communities/C002/demand')
    const shared = { code: 'F1', name: 'F1号设施', community: 'C001', communityName: 'C001社区' }
    expect(nearby).toContainEqual(shared)
    const listed = asked.flatMap(({ gap }) => gap?.facilities.map(({ code }) => code) ?? [])
    expect(nearby?.map(({ code }) => code).sort()).toEqual([...new Set(listed)].sort())
    expect((await read<Demand>('communities/C004/demand')).nearby).toEqual([])
  })

  it('can be read in the words of the survey version that it rests on', async () => {
    await district.publish({ title: '需求调查', definition: questionnaire(services.slice(0, 3)) })
    type Survey = { version: number; definition: unknown }
    const [first, now] = [await read<Survey>('surveys/needs2026?version=1'), await read<Survey>('surveys/needs2026')]
    expect([first.version, now.version]).toEqual([1, 2])
    expect(JSON.stringify(first.definition)).toContain('绿化')
    expect(JSON.stringify(now.definition)).not.toContain('绿化')
    expect((await read<{ code: string }>('surveys/needs2026?version=9')).code).toBe('unknown_version')
  })

  it('and its places say which state of the records they are', async () => {
    const [list, one] = [
      await read<{ placeVersion: number }>('communities'),
      await read<{ placeVersion: number }>('communities/C001'),
    ]
    expect(list.placeVersion).toBeGreaterThan(0)
    expect(one.placeVersion).toBe(list.placeVersion)
  })
})
