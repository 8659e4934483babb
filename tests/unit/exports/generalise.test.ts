import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Generalised, generalise, K, type KeyClass, keyOf, UNKNOWN } from '../../../shared/exports/generalise.ts'

const BANDS = 5
const klass = (community: string, age: number, sex: string, n: number): KeyClass => {
  return { community, subdistrict: community.slice(0, 1), age, sex, n }
}
/** Communities A1…A3 of subdistrict A, B1…B3 of B. */
const classes = fc.uniqueArray(
  fc
    .tuple(
      fc.constantFrom('A1', 'A2', 'A3', 'B1', 'B2', 'B3'),
      fc.integer({ min: UNKNOWN, max: BANDS - 1 }),
      fc.constantFrom('male', 'female', 'unstated', ''),
      fc.integer({ min: 1, max: 12 }),
    )
    .map(([community, age, sex, n]) => klass(community, age, sex, n)),
  { selector: ({ community, age, sex }) => `${community} ${age} ${sex}`, minLength: 1, maxLength: 60 },
)

const sum = (list: { n: number }[]) => list.reduce((all, { n }) => all + n, 0)

function strengths(given: KeyClass[], { of }: Generalised): number[] {
  const found = new Map<string, number>()
  given.forEach((each, at) => {
    const key = keyOf(of[at]!)
    found.set(key, (found.get(key) ?? 0) + each.n)
  })
  return [...found.values()]
}

test('every class of what is released holds at least five answers, and none is lost', () => {
  fc.assert(
    fc.property(classes, (given) => {
      const made = generalise(given, BANDS)
      expect(made === undefined).toBe(sum(given) < K)
      if (!made) return
      expect(Math.min(...strengths(given, made))).toBeGreaterThanOrEqual(K)
      expect(sum(made.classes)).toBe(sum(given))
    }),
    { numRuns: 300 },
  )
})

test('what is released of an answer is true of it', () => {
  fc.assert(
    fc.property(classes, (given) => {
      const made = generalise(given, BANDS)
      given.forEach(({ community, subdistrict, age, sex }, at) => {
        const of = made?.of[at]
        if (!of) return
        expect([community, null]).toContain(of.community)
        expect([subdistrict, null]).toContain(of.subdistrict)
        expect([sex, null]).toContain(of.sex)
        if (of.age) expect(of.age.from <= age && age <= of.age.to).toBe(true)
      })
    }),
  )
})

test('the same counts give the same result in whatever order they come', () => {
  fc.assert(
    fc.property(classes, fc.infiniteStream(fc.nat()), (given, order) => {
      const shuffled = given.map((each) => [order.next().value!, each] as const).sort((a, b) => a[0] - b[0])
      const keys = (list: KeyClass[]) =>
        new Map(generalise(list, BANDS)?.of.map((of, at) => [JSON.stringify(list[at]), keyOf(of)]))
      expect(keys(shuffled.map(([, each]) => each))).toEqual(keys(given))
    }),
    { numRuns: 50 },
  )
})

test('classes that are strong enough stay as they are; a weak one joins its neighbour in age before anything else', () => {
  const given = [klass('A1', 0, 'male', 30), klass('A1', 3, 'female', 6), klass('A1', 4, 'female', 2)]
  const made = generalise(given, BANDS)!
  expect(made.of[0]).toMatchObject({ community: 'A1', age: { from: 0, to: 0 }, sex: 'male', n: 30 })
  expect(made.of[2]).toMatchObject({ community: 'A1', age: { from: 3, to: 4 }, sex: 'female', n: 8 })
})

test('a community with too few answers goes into its subdistrict, and only then into the district', () => {
  const made = generalise([klass('A1', 1, 'male', 3), klass('A2', 1, 'male', 3), klass('B1', 1, 'male', 9)], BANDS)!
  expect(made.of[0]).toMatchObject({ community: null, subdistrict: 'A', age: { from: 1, to: 1 }, sex: 'male', n: 6 })
  expect(made.of[2]).toMatchObject({ community: 'B1', n: 9 })
  expect(generalise([klass('A1', 1, 'male', 3), klass('B1', 4, 'female', 3)], BANDS)!.of[0]).toMatchObject({
    subdistrict: null,
    n: 6,
  })
})

test('a thousand communities are done in a moment', () => {
  const given = Array.from({ length: 1_000 }, (_, c) =>
    Array.from({ length: 18 }, (__, i) => ({
      ...klass(`C${c}`, (i % 6) - 1, i < 6 ? 'male' : i < 12 ? 'female' : '', 1 + ((c * 7 + i * 5) % 9)),
      subdistrict: `S${c % 20}`,
    })),
  ).flat()
  const begun = performance.now()
  expect(Math.min(...strengths(given, generalise(given, BANDS)!))).toBeGreaterThanOrEqual(K)
  expect(performance.now() - begun).toBeLessThan(5_000)
})
