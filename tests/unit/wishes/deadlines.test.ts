import { expect, test } from 'vitest'
import { daysAfter, remindersDue } from '../../../shared/wishes/deadlines.ts'

test('a claim is due to be reminded of at half time and two days before its end', () => {
  const due = (from: string, end: string, days: number) => remindersDue({ from, due: end }, daysAfter(from, days))
  const fortnight = [0, 6, 7, 11, 12, 14, 20].map((days) => due('2026-11-23', '2026-12-07', days))
  expect(fortnight).toEqual([0, 0, 1, 1, 2, 2, 2])
  expect([0, 1, 2].map((days) => due('2026-11-23', '2026-11-26', days))).toEqual([0, 2, 2])
  expect(due('2026-11-23', '2026-11-24', 0)).toBe(2)
})

test('days are counted over months and years', () => {
  expect(daysAfter('2026-12-20', 14)).toBe('2027-01-03')
  expect(daysAfter('2028-03-01', -1)).toBe('2028-02-29')
})
