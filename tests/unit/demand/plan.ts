import type { Profile, ServiceSpec } from '../../../shared/places/api.ts'
import type { TallyRow } from '../../../shared/surveys/tally.ts'
import { addHits, cellOf, indicatorIndex, pairIndex, type TallyPlan } from '../../../shared/surveys/tally-plan.ts'

const ages = ['18-34', '35-59', '60-79', '80+']
const flags = ['parent_0_3', 'parent_4_6', 'parent_7_12']

/** A plan over the default weighting variables and some services, as compiling a questionnaire would give it. */
export function planOf(services: string[], groups: string[] = []): TallyPlan {
  const indicators = 3 * services.length + groups.length
  return {
    services,
    groups,
    variables: [
      { name: 'age', levels: ages },
      { name: 'sex', levels: ['male', 'female'] },
      ...flags.map((name) => ({ name, levels: ['yes', 'no'] })),
    ],
    cells: 64,
    outside: ['residence:elsewhere', 'age:unstated'],
    choices: [],
    answered: [],
    indicators,
    length: 1 + indicators + (indicators * (indicators - 1)) / 2,
    weighting: { scope: 'community', cap: 5, margins: [['age', 'sex'], ...flags.map((flag) => [flag])] },
    strata: [],
    met: [],
  }
}

/** One respondent: where they stand, and what they said. */
export interface Voice {
  age?: string
  sex?: string
  parent?: string[]
  need?: string[]
  unmet?: string[]
  top?: string[]
}

/** Tallies of these people, each of them `times` over. */
export function rowsOf(plan: TallyPlan, voices: (Voice & { times?: number })[], community = 'C001'): TallyRow[] {
  const rows = new Map<number, TallyRow>()
  for (const voice of voices) {
    const { age = '35-59', sex = 'female', parent = [], times = 1 } = voice
    const levels = {
      age,
      sex,
      ...Object.fromEntries(flags.map((flag) => [flag, parent.includes(flag) ? 'yes' : 'no'])),
    }
    const cell = cellOf(plan, levels)
    const row = rows.get(cell) ?? emptyRow(plan, community, cell)
    const hits = hitsOf(plan, voice)
    for (let at = 0; at < times; at += 1) addHits(row.counts, hits)
    row.n += times
    rows.set(cell, row)
  }
  return [...rows.values()]
}

export function emptyRow(plan: TallyPlan, community: string, cell: number): TallyRow {
  const counts = new Array<number>(plan.length).fill(0)
  return { community, cell, channel: 'online', proxy: false, review: 'kept', n: 0, counts }
}

function hitsOf(plan: TallyPlan, { need = [], unmet = [], top = [] }: Voice): number[] {
  const said = Object.entries({ need, unmet, top }).flatMap(([kind, services]) => {
    return services.map((service) => indicatorIndex(plan, kind as 'need', service))
  })
  const pairs = said.flatMap((i, at) => said.slice(at + 1).map((j) => pairIndex(plan, i, j)))
  return [0, ...said, ...pairs]
}

export function profileOf(more: Partial<Profile> = {}): Profile {
  return {
    asOf: '2026-01-01',
    population: { male: [300, 80, 900, 1500, 700, 120], female: [280, 80, 900, 1550, 750, 160] },
    households: 3000,
    eldersLivingAlone: 100,
    parents: { parent_0_3: 200, parent_4_6: 210, parent_7_12: 400 },
    areaKm2: 0.5,
    buildingYear: 1992,
    ...more,
  }
}

export function serviceOf(code: string, more: Partial<ServiceSpec> = {}): ServiceSpec {
  return { code, zh: code, for: ['all'], level_minutes: 10, functions: [], ...more }
}
