import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Site } from '../../../shared/places/api.ts'

export interface CaseShares {
  need: number
  unmet: number
  top: number
}

export interface CaseFacility {
  name: string
  service: string
  function: string | null
  public: boolean
  usable: boolean
  areaM2: number | null
  capacity: number
  distanceM: number
}

export interface Expectation {
  in?: string[][]
  out?: { functions: string[]; reason: string }[]
  placed?: { functions: string[]; floor: number }[]
  says?: string[]
}

export interface Case {
  id: string
  name: string
  n: number
  residents: number
  households: number
  demand: Record<string, CaseShares>
  facilities: CaseFacility[]
  sites: (Pick<Site, 'name' | 'outdoorM2' | 'fireClass' | 'highRise'> & {
    rooms: Omit<Site['rooms'][number], 'code'>[]
  })[]
  expect: Expectation
  twin: { change: string; expect: Expectation }
  groups: Record<string, number>
  groupNeed: Record<string, number>
}

const root = fileURLToPath(new URL('../../..', import.meta.url))
const path = resolve(root, process.env.ORACLE_DATA ?? '../shared/data', '../cases.json')
export const hasCases = existsSync(path)
if (!hasCases) console.info(`the reported cases are skipped: ${path} is not there`)

export function readCases(): Case[] {
  return hasCases ? (JSON.parse(readFileSync(path, 'utf8')) as { cases: Case[] }).cases : []
}

const number = (text: string) => Number(text.replaceAll(',', ''))

/** What a twin may say, and what it does to its case. Each gives true when it found something to do. */
const changes: ((twin: Case, text: string) => boolean)[] = [
  function closes(twin, text) {
    const found = twin.facilities.filter(
      ({ name, service }) =>
        text.includes(`${name} closes`) || text.includes(`${service.replaceAll('_', '-')} places close`),
    )
    for (const facility of found) facility.usable = false
    return found.length > 0
  },
  function becomesPublic(twin, text) {
    if (!/are public and usable/.test(text)) return false
    const found = twin.facilities.filter((facility) => !facility.public)
    for (const facility of found) Object.assign(facility, { public: true, usable: true })
    return found.length > 0
  },
  function opens(twin, text) {
    const found = /an? (.+?) \((\w+), capacity ([\d,]+), usable, ([\d,]+) m away\) opens/.exec(text)
    if (!found) return false
    const [, name = '', service = '', capacity = '', distance = ''] = found
    const size = { areaM2: null, capacity: number(capacity), distanceM: number(distance) }
    twin.facilities.push({ name, service, function: null, public: true, usable: true, ...size })
    return true
  },
  function demandBecomes(twin, text) {
    const found = [...text.matchAll(/(\w+) becomes need ([\d.]+), unmet ([\d.]+), top ([\d.]+)/g)]
    for (const [, service = '', need, unmet, top] of found) {
      twin.demand[service] = { need: Number(need), unmet: Number(unmet), top: Number(top) }
    }
    return found.length > 0
  },
]

/** The twin of a case: the same facts with the one that decides reversed, as its text says. */
export function twinOf(original: Case): Case {
  const twin = structuredClone(original)
  const done = changes.filter((change) => change(twin, original.twin.change))
  if (done.length === 0) throw new Error(`do not know how to apply: ${original.twin.change}`)
  return { ...twin, expect: original.twin.expect }
}
