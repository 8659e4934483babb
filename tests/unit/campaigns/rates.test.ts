import { describe, expect, test } from 'vitest'
import { ageDigit, bandOf, bandsOf } from '../../../shared/campaigns/bands.ts'
import { marginOfError, responseRate } from '../../../shared/campaigns/rates.ts'
import { byDay, sumOfCells, visitsOf } from '../../../shared/campaigns/sums.ts'
import { cellOf } from '../../../shared/surveys/tally-plan.ts'

describe('the response rate of visits', () => {
  test('is answers over all doors tried (AAPOR RR1), and unknown before the first door', () => {
    // AAPOR Standard Definitions, RR1 = I / ((I+P) + (R+NC+O) + (UH+UO)): 240 of 240 + 60 + 100.
    expect(responseRate({ valid: 240, refused: 60, notHome: 100 })).toBe(0.6)
    expect(responseRate({ valid: 0, refused: 3, notHome: 0 })).toBe(0)
    expect(responseRate({ valid: 0, refused: 0, notHome: 0 })).toBeNull()
  })
})

describe('the margin of error', () => {
  test('is that of the textbook: 3.1 points of 1,000 answers, 9.8 of 100', () => {
    // Kish (1965), simple random samples at p = 0.5: 1.96 · 0.5 / sqrt(n).
    expect(marginOfError(1_000)).toBeCloseTo(0.031, 3)
    expect(marginOfError(100)).toBeCloseTo(0.098, 3)
  })

  test('grows with the square root of the design effect: deff 2 of 200 answers says as much as 100', () => {
    expect(marginOfError(200, 2)).toBeCloseTo(marginOfError(100)!, 12)
  })

  test('says nothing of one answer, and never more than everything', () => {
    expect(marginOfError(1)).toBeNull()
    expect(marginOfError(2, 50)).toBe(1)
  })
})

const plan = {
  variables: [
    { name: 'sex', levels: ['male', 'female'] },
    { name: 'age', levels: ['18-34', '35-59', '60+'] },
    { name: 'parent', levels: ['yes', 'no'] },
  ],
  titles: { age: { title: '年龄', levels: { '18-34': '18–34岁', '35-59': '35–59岁', '60+': '60岁以上' } } },
} as never

describe('age bands', () => {
  test('are read from the number of a cell wherever the age stands among the variables', () => {
    const digit = ageDigit(plan)
    for (const age of ['18-34', '35-59', '60+']) {
      for (const sex of ['male', 'female'])
        for (const parent of ['yes', 'no']) expect(bandOf(digit, cellOf(plan, { sex, age, parent }))).toBe(age)
    }
    expect(bandOf(digit, -1)).toBe('outside')
  })

  test('are the questionnaire’s in its words, and one for everybody where it asks no age', () => {
    expect(bandsOf(plan).map(({ title, quota }) => [title, quota])).toEqual([
      ['18–34岁', true],
      ['35–59岁', true],
      ['60岁以上', true],
      ['其他（未满18岁、未填年龄或不住本区）', false],
    ])
    expect(bandsOf({ variables: [] } as never).map(({ code }) => code)).toEqual(['all'])
    expect(bandOf(ageDigit({ variables: [] } as never), -2)).toBe('all')
  })
})

test('sums follow the channel and the band that are looked at; days without answers are nought', () => {
  const cell = (channel: 'online' | 'visit', band: string, valid: number) => {
    return { channel, band, target: 10, reached: valid + 1, valid }
  }
  const cells = [cell('online', 'a', 3), cell('visit', 'a', 4), cell('visit', 'b', 5)]
  expect(sumOfCells(cells)).toEqual({ target: 30, reached: 15, valid: 12, filled: 12 })
  expect(sumOfCells(cells, { channel: 'visit', band: '' })).toEqual({ target: 20, reached: 11, valid: 9, filled: 9 })
  expect(sumOfCells(cells, { channel: 'visit', band: 'b' }).valid).toBe(5)
  // What is beyond a target in one cell fills no other.
  expect(sumOfCells([cell('online', 'a', 14), cell('online', 'b', 5)])).toMatchObject({ valid: 19, filled: 15 })
  expect(visitsOf({ cells, refused: 2, notHome: 1 })).toEqual({ valid: 9, refused: 2, notHome: 1 })
  const days = [{ days: [{ day: '2026-11-20', n: 2 }] }, { days: [{ day: '2026-11-20', n: 1 }] }]
  expect(byDay(days, ['2026-11-19', '2026-11-20'])).toEqual([0, 3])
})
