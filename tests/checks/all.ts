import { parseArgs } from 'node:util'
import type { Check, Size } from './check.ts'
import { openHouse } from './house.ts'
import { r1 } from './r1.ts'
import { r2 } from './r2.ts'
import { r3 } from './r3.ts'
import { r4 } from './r4.ts'
import { r5 } from './r5.ts'
import { r6 } from './r6.ts'
import { r18 } from './r18.ts'
import { s3 } from './s3.ts'
import { s6 } from './s6.ts'
import { s7 } from './s7.ts'

const checks: Record<string, Check> = {
  R1: r1,
  R2: r2,
  R6: r6,
  R5: r5,
  R4: r4,
  R18: r18,
  R3: r3,
  S6: s6,
  S7: s7,
  S3: s3,
}

/** `npm run checks -- [--only R1,R2] [--size test]`: one line of JSON for each check; exit code 1 when one fails. */
const { values } = parseArgs({ options: { only: { type: 'string' }, size: { type: 'string', default: 'full' } } })
const size: Size = values.size === 'test' ? 'test' : 'full'
const chosen = values.only ? values.only.toUpperCase().split(',') : Object.keys(checks)
const unknown = chosen.filter((id) => !checks[id])
if (unknown.length > 0) throw new Error(`no such check: ${unknown.join(', ')}; there are ${Object.keys(checks)}`)

const house = await openHouse()
try {
  for (const id of chosen) {
    const begun = performance.now()
    const result = await (checks[id] as Check)(house, size)
    const seconds = Math.round((performance.now() - begun) / 1_000)
    process.stdout.write(`${JSON.stringify({ ...result, size, seconds })}\n`)
    if (!result.pass) process.exitCode = 1
  }
} finally {
  await house.close()
}
