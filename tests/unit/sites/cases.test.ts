import { describe, expect, it } from 'vitest'
import { spoken } from '../../../shared/document.ts'
import { breaches } from '../../../shared/sites/breaches.ts'
import type { ServiceInput } from '../../../shared/sites/inputs.ts'
import { programme } from '../../../shared/sites/programme.ts'
import { rulesOf } from '../../../shared/sites/rules.ts'
import { type Case, type Expectation, hasCases, readCases, twinOf } from './case-file.ts'
import { catalogue, plainInputs, programmeInput, proposed, sitesOf } from './case-world.ts'
import { holds } from './hold.ts'

const cases = readCases()
const worlds = cases.flatMap((given) => [
  { title: `${given.name} as reported`, world: given },
  { title: `${given.name} when ${given.twin.change}`, world: twinOf(given) },
])

const fromFigures = (given: Case) => programme(programmeInput(given, plainInputs(given)))

describe.skipIf(!hasCases)('the reported cases', () => {
  for (const { title, world } of worlds) {
    it(`${title}: answers, weights, gaps and programme give what came out`, () => {
      for (const seed of [1, 2, 3]) holds(proposed(world, seed), world.expect, world)
    })
    it(`${title}: the figures of the file alone give what came out`, () => {
      holds(fromFigures(world), world.expect, world)
    })
  }

  it('changes the proposal of every twin', () => {
    for (const given of cases) {
      const functions = (world: Case) =>
        fromFigures(world)
          .placements.map((each) => each.function)
          .sort()
      expect(functions(twinOf(given)), given.name).not.toEqual(functions(given))
    }
  })
})

/** Whether a rule leaves any room or outdoor area for one of the functions. */
function hasPlace(world: Case, functions: string[]): boolean {
  const rules = rulesOf(catalogue)
  const specs = catalogue.services
    .flatMap((service) => service.functions)
    .filter(({ code }) => functions.includes(code))
  return sitesOf(world).some((site) =>
    specs.some((spec) =>
      [...site.rooms, { outdoorM2: site.outdoorM2 }].some((space) => breaches(space, spec, site, rules).length === 0),
    ),
  )
}

/** What may still be expected after figures or areas moved: only what no threshold took away. */
function stillExpected(world: Case, services: ServiceInput[]): Expectation {
  const serviceOf = (code: string) =>
    catalogue.services.find((service) => service.functions.some((spec) => spec.code === code))!.code
  const covered = (code: string) => {
    const input = services.find((each) => each.service === serviceOf(code))!
    return input.capacity > 0 && input.gapLow! <= 0
  }
  const largest = Math.max(...world.sites.flatMap((site) => site.rooms.map((room) => room.areaM2)))
  const bySupply = (reason: string) => /supply/.test(reason)
  return {
    in: (world.expect.in ?? []).filter((any) => hasPlace(world, any) && !any.every(covered)),
    out: (world.expect.out ?? []).filter(({ functions, reason }) =>
      bySupply(reason) ? functions.every(covered) : largest < Number(/\d+/.exec(reason)![0]),
    ),
  }
}

const scaled = (world: Case, shares: number, areas: number): Case => ({
  ...world,
  demand: Object.fromEntries(
    Object.entries(world.demand).map(([service, { need, unmet, top }]) => [
      service,
      { need: need * shares, unmet: unmet * shares, top: top * shares },
    ]),
  ),
  groupNeed: Object.fromEntries(Object.entries(world.groupNeed).map(([service, need]) => [service, need * shares])),
  sites: world.sites.map((site) => ({
    ...site,
    outdoorM2: site.outdoorM2 * areas,
    rooms: site.rooms.map((room) => ({ ...room, areaM2: room.areaM2 * areas })),
  })),
})

describe.skipIf(!hasCases)('figures a little different', () => {
  for (const [shares, areas] of [
    [0.9, 1],
    [1.1, 1],
    [1, 0.9],
    [1, 1.1],
    [1.1, 0.9],
  ] as const) {
    it(`with shares × ${shares} and areas × ${areas} the cases come out the same wherever no threshold is crossed`, () => {
      for (const { world } of worlds) {
        const moved = scaled(world, shares, areas)
        const expected = stillExpected(moved, plainInputs(moved))
        holds(fromFigures(moved), expected, moved)
      }
    })
  }

  it('does not depend on the order of the rows', () => {
    for (const { world } of worlds) {
      const sites = sitesOf(world).map((site) => ({ ...site, rooms: site.rooms.toReversed() }))
      const reversed = { ...programmeInput(world, plainInputs(world).toReversed()), sites: sites.toReversed() }
      expect(programme(reversed)).toEqual(fromFigures(world))
    }
  })

  it('brings the nursery in when a room reaches its minimum area', () => {
    const given = structuredClone(cases.find(({ id }) => id === 'songjiangyuan')!)
    given.sites[0]!.rooms[0]!.areaM2 = 215
    expect(fromFigures(given).placements.map((each) => each.function)).toContain('nursery')
  })

  it('lets the history hall cover culture only as far as it serves the need', () => {
    const given = structuredClone(cases.find(({ id }) => id === 'xihe')!)
    given.facilities[0]!.capacity = 1500
    const found = fromFigures(given).placements.filter((each) => each.service === 'culture')
    expect(found.length).toBeGreaterThan(0)
    expect(found.some((each) => each.function === 'reading_room')).toBe(true)
  })

  it('keeps a need in the programme when the public places are not usable or out of reach', () => {
    const given = cases.find(({ id }) => id === 'jiaotong')!
    const far = twinOf(given)
    far.facilities[0]!.distanceM = 900
    expect(proposed(far).placements.map((each) => each.function)).toContain('after_school_care')
    const shut = twinOf(given)
    shut.facilities[0]!.usable = false
    expect(proposed(shut).placements.map((each) => each.function)).toContain('after_school_care')
  })

  it('deducts private supply only when the planner says so, with the reason', () => {
    const given = cases.find(({ id }) => id === 'jiaotong')!
    const deductions = [{ service: 'after_school', reason: '六家托管班已签订普惠服务协议' }]
    const found = programme({ ...programmeInput(given, plainInputs(given)), deductions })
    expect(found.placements.map((each) => each.service)).not.toContain('after_school')
    expect(spoken(found.says.find((say) => say.code === 'private_supply')!.text)).toContain(
      '六家托管班已签订普惠服务协议',
    )
  })

  it('puts children no higher than the fire class allows', () => {
    const given = structuredClone(cases.find(({ id }) => id === 'jiaotong')!)
    given.sites[0]!.rooms[0]!.floor = 3
    expect(fromFigures(given).placements.map((each) => each.function)).toContain('after_school_care')
    given.sites[0]!.fireClass = 'III'
    const found = fromFigures(given)
    expect(found.placements.map((each) => each.function)).not.toContain('after_school_care')
    const why = found.decisions.find((decision) => decision.function === 'after_school_care')!
    expect(why.rule).toBe('children_floor')
    expect(spoken(why.reason)).toContain('不应高于2层')
    expect(why.mark).toContain('GB 55037-2022')
  })
})
