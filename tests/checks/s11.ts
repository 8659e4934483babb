import { atLeast, type Check, judge, none, within } from './check.ts'
import { operationsOf } from './fuzz-operations.ts'
import { forgive } from './s9-guess.ts'
import { costly } from './s11-costly.ts'
import { patternsIn, redosStrings } from './s11-patterns.ts'
import { slowloris } from './s11-slow.ts'
import { staffOf } from './staff.ts'

const sockets = { test: 60, full: 500 }
const seconds = { test: 1.5, full: 20 }
const REFUSED_MS = 1_000
const P95_MS = 1_000

/** Those who send slowly, much or in twisted words keep nobody else waiting. */
export const s11: Check = async (house, size) => {
  const staff = await staffOf(house)
  const slow = await slowloris(house, sockets[size], seconds[size])
  const operations = await operationsOf(house)
  const patterns = patternsIn(operations)
  const twisted = redosStrings(patterns)
  const worst = slowestMatch(patterns, twisted)
  const large = await costly(house, staff, operations, size)
  await forgive(house)
  const figures = [
    atLeast('slow_sockets', slow.opened, sockets[size]),
    atLeast('normal_calls_meanwhile', slow.normal, 20),
    none('normal_calls_refused_meanwhile', slow.refused.length),
    within('normal_p95', slow.p95Ms, P95_MS),
    atLeast('patterns', patterns.length, 12),
    atLeast('twisted_strings', twisted.length, 200),
    within('slowest_match', worst.ms, REFUSED_MS),
    atLeast('large_calls', large.sent, 50),
    none('large_calls_taken_or_broken', large.wrong.length),
    within('slowest_large_call', large.slowestMs, REFUSED_MS),
  ]
  return judge('S11', size, figures, [...slow.refused, `slowest pattern: ${worst.pattern}`, ...large.wrong])
}

function slowestMatch(patterns: string[], strings: string[]) {
  let worst = { pattern: '', ms: 0 }
  for (const pattern of patterns) {
    const expression = new RegExp(pattern)
    for (const text of strings) {
      const begun = performance.now()
      expression.test(text)
      const ms = performance.now() - begun
      if (ms > worst.ms) worst = { pattern, ms }
    }
  }
  return worst
}
