import { afterAll, beforeAll, expect, test } from 'vitest'
import { spoken } from '../../shared/document.ts'
import { type OpenBriefs, openBriefs, read } from './briefs-district.ts'

let district: OpenBriefs
beforeAll(async () => {
  district = await openBriefs()
})
afterAll(() => district?.stop())

/** So many people of an age band, every one of whom needs 助餐 and is not served. */
async function answer(age: string, count: number) {
  const needs = { needs: ['community_meals'], met: { community_meals: 0 }, top: ['community_meals'] }
  const person = { answering: 'self', residence: 'here', age, sex: 'female', children: ['none'] }
  await district.send('C003', count, { answers: { ...person, ...needs } })
}

/** The numbers of answers that an edition tells: of the whole, and by age band. */
async function told(audience = 'public') {
  const { blocks } = read(await district.file(await district.edition('S4', audience)))
  const table = (code: string) => blocks.find((block) => block.kind === 'table' && block.code === code)
  const numbers = (cells: unknown[]) =>
    cells.flatMap((cell) => (typeof cell === 'object' && cell && 'value' in cell ? [Number(cell.value)] : []))
  const needs = table('needs')
  const ages = table('parts-age')
  if (needs?.kind !== 'table' || ages?.kind !== 'table') throw new Error('a table is missing')
  return {
    whole: numbers(needs.rows[0]!).at(-1),
    bands: numbers(ages.rows[0]!),
    note: spoken(ages.note ?? []).replace(/\d+年\d+月\d+日/g, 'D'),
  }
}

const stays = (bands: string) => `${bands}的数据截至D，此后变动的答卷不多，为保护填答居民，暂不更新。`

test('answers of one band renew the whole and that band, and leave the other as it was', async () => {
  await answer('35-59', 20)
  await answer('60-79', 20)
  expect(await told()).toEqual({ whole: 40, bands: [20, 20], note: '' })
  await answer('60-79', 9)
  expect(await told()).toEqual({ whole: 40, bands: [20, 20], note: '' })
  await answer('60-79', 1)
  expect(await told()).toEqual({ whole: 50, bands: [20, 30], note: stays('35–59岁') })
})

test('a band with three new answers stays, with all the others, and says as of when, until nobody can be had by subtracting', async () => {
  await answer('60-79', 10)
  await answer('35-59', 3)
  expect(await told()).toEqual({ whole: 63, bands: [20, 30], note: stays('35–59岁和60–79岁') })
  // 63 − 40 − 20 would tell of the three once the first band is known to have 33.
  await answer('35-59', 10)
  expect(await told()).toMatchObject({ whole: 73, bands: [20, 30] })
  await answer('60-79', 10)
  expect(await told()).toEqual({ whole: 83, bands: [33, 50], note: '' })
})

test('the staff read everything at once', async () => {
  await answer('35-59', 1)
  expect(await told('staff')).toMatchObject({ whole: 84, bands: [34, 50] })
  expect(await told()).toMatchObject({ whole: 83, bands: [33, 50] })
})

test('first results between two editions hold the parts back in the same way', async () => {
  const results = async () => {
    const { body } = await district.call('GET', '/api/districts/YX/communities/C003/results', undefined, {}, '10.1.1.1')
    return (body as unknown as { n: number }).n
  }
  await answer('60-79', 10)
  await answer('35-59', 3)
  expect(await results()).toBe(97)
  expect(await told()).toEqual({ whole: 97, bands: [33, 50], note: stays('35–59岁和60–79岁') })
})
