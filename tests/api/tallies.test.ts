import { execFile } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { onPool } from '../../server/db/database.ts'
import { publishedSurvey } from '../../server/surveys/published.ts'
import { rebuildTallies } from '../../server/surveys/recount.ts'
import { tallyRows, tallyVersions } from '../../server/surveys/tally-queries.ts'
import { indicatorIndex, pairIndex } from '../../shared/surveys/tally-plan.ts'
import { staff } from '../setup/app.ts'
import { type OpenDistrict, openDistrict } from './surveys-district.ts'

let district: OpenDistrict
beforeAll(async () => {
  district = await openDistrict(4)
})
afterAll(() => district?.stop())

const differences = async () => (await district.compare()).reduce((sum, { different }) => sum + different, 0)

/** What `npm run tallies` prints and how it ends, on this test's database. */
async function command(...words: string[]): Promise<{ code: number; said: string }> {
  const env = { ...process.env, DATABASE_URL: district.running.databaseUrl, STAFF_KEY: 'a-key-for-tests-only-0001' }
  const args = ['dist/server/cli/tallies.js', ...words]
  return await new Promise((resolve) => {
    execFile(process.execPath, args, { env }, (error, said, complaint) => {
      resolve({ code: Number(error?.code ?? 0), said: said + complaint })
    })
  })
}

describe('tallies', () => {
  test('say who needs what, together and apart, in the cell, channel and community of each answer', async () => {
    const person = { answering: 'self', residence: 'here', age: '60-79', sex: 'female', children: ['none'] }
    const wishes = { needs: ['health', 'culture'], met: { health: 0, culture: 75 }, top: ['health'] }
    await district.send(district.make({ community: 'C004', answers: { ...person, ...wishes } }))
    await district.send(district.make({ community: 'C004', answers: { ...person, needs: ['none'] } }))
    await district.folded()
    const db = onPool(district.pool)
    const { survey } = await publishedSurvey(db, 1, 'needs2026')
    const rows = await tallyRows(db, 1, 'needs2026', 1, ['C004'])
    const sum = (index: number) => rows.reduce((total, { counts }) => total + (counts[index] ?? 0), 0)
    const [need, unmet] = ['need', 'unmet'].map((kind) => indicatorIndex(survey.plan, kind as 'need', 'health')) as [
      number,
      number,
    ]
    const culture = indicatorIndex(survey.plan, 'need', 'culture')
    expect([sum(0), sum(need), sum(unmet), sum(culture)]).toEqual([2, 1, 1, 1])
    expect([sum(indicatorIndex(survey.plan, 'unmet', 'culture')), sum(pairIndex(survey.plan, need, culture))]).toEqual([
      0, 1,
    ])
    expect(rows.every((row) => row.community === 'C004' && row.channel === 'online' && row.review === 'kept')).toBe(
      true,
    )
  })

  test('follow an answer within two seconds, and the version of its community moves', async () => {
    const versions = async () => await tallyVersions(onPool(district.pool), 1, 'needs2026', 1)
    const before = (await versions()).get('C001') ?? 0
    const n = await district.counted()
    await district.send(district.make({ community: 'C001' }))
    const begun = performance.now()
    while ((await district.stored()) === n && performance.now() - begun < 10_000)
      await new Promise((r) => setTimeout(r, 20))
    console.info(`tallies followed after ${Math.round(performance.now() - begun)} ms`)
    expect(await district.stored()).toBe(n + 1)
    expect((await versions()).get('C001')).toBeGreaterThan(before)
  })

  test('are exactly a recount at any moment while answers come in and are withdrawn', async () => {
    const send = async () => {
      for (let each = 0; each < 25; each += 1) {
        const { body } = await district.send(district.make())
        if (each % 4 === 0) await district.withdraw(body.receipt ?? '')
      }
    }
    const looks: number[] = []
    const looking = (async () => {
      for (let look = 0; look < 5; look += 1) looks.push(await differences())
    })()
    await Promise.all([looking, ...Array.from({ length: 12 }, send)])
    expect(looks).toEqual([0, 0, 0, 0, 0])
    await district.folded()
    expect(await differences()).toBe(0)
    expect(await district.count('tally_outbox')).toBe(0)
  })

  test('a single figure that was tampered with is found, and rebuilding puts it right while answers come in', async () => {
    await district.folded()
    await district.pool.query(`UPDATE tallies SET counts = '1' || counts WHERE district_id = 1 AND ctid =
      (SELECT ctid FROM tallies WHERE district_id = 1 AND counts ~ $$^[1-9]$$ LIMIT 1)`)
    expect(await differences()).toBe(1)
    const send = async () => {
      for (let each = 0; each < 20; each += 1) await district.send(district.make())
    }
    const rebuilding = (async () => {
      for (let time = 0; time < 3; time += 1) await rebuildTallies(onPool(district.pool), district.pool, 1)
    })()
    await Promise.all([rebuilding, ...Array.from({ length: 8 }, send)])
    await district.folded()
    expect(await differences()).toBe(0)
  })

  test('a tally in which nothing is counted any more is gone', async () => {
    const rows = async () => (await district.pool.query("SELECT 1 FROM tallies WHERE channel = 'meeting'")).rowCount
    const { body } = await district.send(district.make({ channel: 'meeting' }), staff)
    await district.folded()
    expect(await rows()).toBe(1)
    await district.withdraw(body.receipt ?? '')
    await district.folded()
    expect(await rows()).toBe(0)
  })

  test('the command says how many agree, fails when one does not, and puts it right', async () => {
    await district.folded()
    const fine = await command('--check')
    expect(fine).toEqual({
      code: 0,
      said: expect.stringMatching(/^以需区（YX）问卷 needs2026 第 1 版：答卷 \d+ 份，比对汇总 \d+ 行，全部一致。\n$/),
    })
    await district.pool.query(`UPDATE tallies SET n = n + 1 WHERE district_id = 1 AND ctid =
      (SELECT ctid FROM tallies WHERE district_id = 1 LIMIT 1)`)
    const wrong = await command('--check', '--district', 'yx')
    expect(wrong).toEqual({ code: 1, said: expect.stringContaining('其中 1 行不一致') })
    expect((await command('--rebuild')).code).toBe(0)
    expect((await command('--check')).code).toBe(0)
    expect(await command('--check', '--district', 'ZZ')).toEqual({
      code: 1,
      said: expect.stringContaining('没有代码为 ZZ 的区县'),
    })
    expect(await command('--chekc')).toEqual({ code: 2, said: expect.stringContaining('用法') })
  })
})
