import { expect } from 'vitest'
import { spoken } from '../../../shared/document.ts'
import type { Programme } from '../../../shared/sites/api.ts'
import type { Case, Expectation } from './case-file.ts'

/** What the reasons of the case file are called in a decision. */
function ruleOf(reason: string): string {
  if (/usable public supply/.test(reason)) return 'supply'
  if (/minimum area/.test(reason)) return 'min_area'
  throw new Error(`do not know the reason: ${reason}`)
}

const saying: { pattern: RegExp; holds: (found: Programme) => boolean }[] = [
  {
    pattern: /private supply nearby is listed/,
    holds: ({ says }) => says.some((say) => say.code === 'private_supply' && spoken(say.text).includes('不抵减需求')),
  },
  {
    pattern: /some room or hours for elders/,
    holds: ({ says, placements }) =>
      says.some((say) => say.code === 'elder_hours' && spoken(say.text).includes('老年人')) ||
      placements.some((placement) => placement.service === 'elder_care'),
  },
]

const decided = (found: Programme, code: string) => found.decisions.find((decision) => decision.function === code)!

/** Everything that the case file expects of a programme. */
export function holds(found: Programme, expected: Expectation, { name }: Case) {
  const placed = found.placements.map((placement) => placement.function)
  for (const any of expected.in ?? [])
    expect(
      any.some((code) => placed.includes(code)),
      `${name}: ${any} in ${placed}`,
    ).toBe(true)
  for (const { functions, reason } of expected.out ?? []) {
    for (const code of functions) {
      expect(placed, name).not.toContain(code)
      expect(decided(found, code), name).toMatchObject({ in: false, rule: ruleOf(reason) })
      for (const amount of reason.match(/\d+/g) ?? []) expect(spoken(decided(found, code).reason)).toContain(amount)
    }
  }
  for (const { functions, floor } of expected.placed ?? []) {
    const of = found.placements.filter((placement) => functions.includes(placement.function))
    expect(of.length, `${name}: none of ${functions}`).toBeGreaterThan(0)
    for (const placement of of) expect(placement.floor, `${name}: ${placement.function}`).toBe(floor)
  }
  for (const said of expected.says ?? []) {
    const check = saying.find(({ pattern }) => pattern.test(said))
    if (!check) throw new Error(`do not know how to check: ${said}`)
    expect(check.holds(found), `${name}: ${said}`).toBe(true)
  }
}
