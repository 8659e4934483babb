import { describe, expect, test } from 'vitest'
import { fastSign, medianOf, type Pace, withDuration } from '../../../shared/quality/pace.ts'
import { deviceSign, isNight, mostWithin, networkSign, nightSign, slipSign } from '../../../shared/quality/senders.ts'
import { FLAGGED_FROM, signKinds, signNames, signSources } from '../../../shared/quality/signs.ts'
import { straightSign } from '../../../shared/quality/straight.ts'
import { isTelling, likeness, textMarks, textSign } from '../../../shared/quality/texts.ts'
import { deviance, type Told, workerSign } from '../../../shared/quality/workers.ts'

const flags = (sign?: { points: number }) => (sign?.points ?? 0) >= FLAGGED_FROM

test('every sign has a name and a source', () => {
  for (const sign of signKinds) expect(signNames[sign].length * signSources[sign].length).toBeGreaterThan(0)
})

describe('time', () => {
  const paced = (...seconds: number[]) => seconds.reduce<Pace>(withDuration, [])
  const usual = paced(...Array.from({ length: 31 }, (_, at) => 240 + 4 * at))

  test('the median is that of the answers, to a few percent', () => {
    expect(medianOf(usual) / 300).toBeCloseTo(1, 1)
    expect(medianOf(paced(0, 0, 0))).toBe(0)
  })

  test('under a third of the median is fast, a third is not, and neither is anything while few have answered', () => {
    expect(fastSign(94, usual)).toMatchObject({ sign: 'fast', points: 3 })
    expect(fastSign(105, usual)).toBeUndefined()
    expect(fastSign(5, paced(...Array.from({ length: 29 }, () => 300)))).toBeUndefined()
    expect(fastSign(0, paced(...Array.from({ length: 60 }, () => 0)))).toBeUndefined()
  })
})

describe('straight lines', () => {
  const scale = ['0', '50', '100'].map((value) => ({ value, text: `${value}成` }))
  const rows = Array.from({ length: 9 }, (_, at) => ({ value: `r${at}`, text: `第${at}行` }))
  const questions = [
    { name: 'met', title: '满足', type: 'matrix', choices: scale, rows },
    { name: 'mood', title: '心情', type: 'rating', choices: [{ value: '1', text: '1' }], rows: [] },
  ]
  const all = (n: number, step: number) => Object.fromEntries(rows.slice(0, n).map(({ value }) => [value, step]))

  test('six rows alike are one, five half of one, four none; one row that differs breaks it', () => {
    expect(flags(straightSign(questions, { met: all(6, 50) }))).toBe(true)
    expect(straightSign(questions, { met: all(5, 50) })?.points).toBe(2)
    expect(straightSign(questions, { met: all(4, 50) })).toBeUndefined()
    expect(straightSign(questions, { met: { ...all(9, 50), r3: 100 } })).toBeUndefined()
    expect(straightSign(questions, { mood: 1 })).toBeUndefined()
    expect(straightSign(questions, {})).toBeUndefined()
  })
})

describe('senders', () => {
  test('a family on one phone is none, and twelve neighbours on one line flag nobody by themselves', () => {
    expect([deviceSign(3), flags(deviceSign(5)), flags(deviceSign(6))]).toEqual([undefined, false, true])
    expect([networkSign(11), flags(networkSign(12)), flags(networkSign(4_000))]).toEqual([undefined, false, false])
    expect([slipSign(6), flags(slipSign(7))]).toEqual([undefined, true])
  })

  test('only what lies within one stretch of time is counted together', () => {
    expect(mostWithin(10, [0, 5, 10, 14, 21], 10)).toBe(3)
    expect(mostWithin(0, [0], 10)).toBe(1)
    expect(mostWithin(100, [80, 90, 100, 110, 120], 10)).toBe(2)
  })

  test('visits from 22:00 to 06:00 in China are at night, and answers online never are', () => {
    const at = (clock: string) => Date.parse(`2026-11-20T${clock}:00+08:00`)
    expect(['21:59', '22:00', '00:00', '05:59', '06:00'].map((clock) => isNight(at(clock)))).toEqual([
      ...[false, true, true, true, false],
    ])
    expect(nightSign('visit', at('23:30'))?.words).toContain('23:30')
    expect([nightSign('online', at('23:30')), nightSign('paper', at('23:30'))]).toEqual([undefined, undefined])
    expect(flags(nightSign('visit', at('03:00')))).toBe(false)
  })
})

describe('remarks', () => {
  const long = '楼下停车太乱，晚上回来没有地方停。'

  test('无, 没有 and 暂无意见 are no clones, however many there are', () => {
    for (const text of ['无', '没有', '暂无', '没有意见。', '……………………………']) {
      expect([isTelling(text), textMarks(text)]).toEqual([false, []])
    }
    expect([isTelling('希望多建停车'), isTelling('希望多建个停车场')]).toEqual([false, true])
  })

  test('near-identical ones are alike and share a mark, others do neither', () => {
    const copy = '楼下停车太乱了，晚上回来没有地方停'
    expect(likeness(long, copy)).toBeGreaterThanOrEqual(0.8)
    expect(textMarks(long).some((mark) => textMarks(copy).includes(mark))).toBe(true)
    expect(likeness(long, '希望老年食堂的饭菜软一点、少盐。')).toBeLessThan(0.1)
  })

  test('copies that come at once are a sign; what is said as often on every day is none', () => {
    const minute = (n: number) => n * 60_000
    expect(flags(textSign(0, [minute(5), minute(9), minute(-30)]))).toBe(true)
    expect(textSign(0, [minute(5), minute(9)])).toBeUndefined()
    expect(textSign(0, [minute(5), minute(9), minute(61)])).toBeUndefined()
    const daily = Array.from({ length: 96 }, (_, at) => minute(30 * (at - 48)))
    expect(textSign(0, daily)).toBeUndefined()
  })
})

describe('workers', () => {
  const told = (n: number, share: number, nights = 0): Told => ({ n, nights, counts: Array(33).fill(n * share) })

  test('somebody far off the others is one, somebody within chance or with few answers is none', () => {
    expect(workerSign(told(40, 0.8), told(400, 0.35))).toMatchObject({ sign: 'worker', points: 2 })
    expect(workerSign(told(40, 0.42), told(400, 0.35))).toBeUndefined()
    expect(workerSign(told(14, 0.9), told(400, 0.2))).toBeUndefined()
    expect(workerSign(told(40, 0.9), told(59, 0.2))).toBeUndefined()
  })

  test('nights count against those who alone work at night, and with both it is enough', () => {
    expect(workerSign(told(20, 0.35, 20), told(400, 0.35, 120))?.words).toContain('深夜')
    expect(workerSign(told(20, 0.35, 8), told(400, 0.35, 120))).toBeUndefined()
    expect(flags(workerSign(told(40, 0.8, 40), told(400, 0.3, 10)))).toBe(true)
  })

  test('what nobody says tells nobody apart', () => {
    expect(deviance(told(20, 0), told(90, 0))).toEqual({ times: 0, mean: 0 })
  })
})
