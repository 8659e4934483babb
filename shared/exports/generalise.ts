/** Answers of people who are alike in what others may know of them. */
export interface KeyClass {
  community: string
  subdistrict: string
  /** Place of the age band, from young to old, or UNKNOWN. */
  age: number
  /** '' for those who did not tell. */
  sex: string
  n: number
}

export const UNKNOWN = -1

/** What a file says of a class: null where it says nothing. The ages are a run of neighbouring bands. */
export interface Released {
  community: string | null
  subdistrict: string | null
  age: { from: number; to: number } | null
  sex: string | null
  n: number
}

export interface Generalised {
  /** What is released of each class, in the order of the classes. */
  of: Released[]
  /** Each once. */
  classes: Released[]
}

interface Node extends Released {
  members: number[]
}

/** As a published share of one person in five: with fewer, a row could be told to be somebody's. */
export const K = 5

/** What it costs that a row says nothing of the sex, less of the age (all bands: 1), or only the subdistrict or the district. */
const COST = { sex: 1, subdistrict: 3, district: 6 }

/**
 * Makes every class at least `k` strong, with as little loss as may be found step by step: again and again the smallest class joins
 * the one that costs least, first within its community (neighbouring age bands, then both sexes together), then within its
 * subdistrict, then within the district. Always the same result for the same counts. Fewer than `k` in all: undefined, nothing can be released.
 */
export function generalise(classes: KeyClass[], bands: number, k = K): Generalised | undefined {
  if (classes.reduce((sum, { n }) => sum + n, 0) < k) return undefined
  const first = classes.map(({ community, subdistrict, age, sex, n }, at): Node => {
    return { community, subdistrict, age: { from: age, to: age }, sex, n, members: [at] }
  })
  const inCommunities = within(united(first), ({ subdistrict, community }) => `${subdistrict}/${community}`, bands, k)
  const inSubdistricts = within(inCommunities, ({ subdistrict }) => String(subdistrict), bands, k)
  const nodes = within(inSubdistricts, () => '', bands, k)
  const of: Released[] = []
  const released = nodes.map(({ members, ...node }) => {
    for (const at of members) of[at] = node
    return node
  })
  return { of, classes: released }
}

function within(nodes: Node[], area: (node: Node) => string, bands: number, k: number): Node[] {
  const areas = new Map<string, Node[]>()
  for (const node of nodes) {
    const some = areas.get(area(node))
    if (some) some.push(node)
    else areas.set(area(node), [node])
  }
  return [...areas.values()].flatMap((some) => joined(some, bands, k))
}

/** Joins classes of one area until each is strong enough or none is left to join. */
function joined(nodes: Node[], bands: number, k: number): Node[] {
  let left = nodes
  for (;;) {
    const smallest = left.reduce((least, node) => (before(node, least) ? node : least))
    if (smallest.n >= k || left.length === 1) return left
    const others = left.filter((node) => node !== smallest)
    const offers = others.map((other) => ({ other, cost: costOf(smallest, other, bands) }))
    const best = offers.reduce((least, offer) =>
      offer.cost < least.cost || (offer.cost === least.cost && before(offer.other, least.other)) ? offer : least,
    )
    left = united([...others.filter((node) => node !== best.other), together(smallest, best.other)])
  }
}

/** Smaller classes first; of equals the one that comes first by name, so that nothing depends on the order of the answers. */
function before(a: Node, b: Node): boolean {
  return a.n === b.n ? keyOf(a) < keyOf(b) : a.n < b.n
}

function costOf(a: Node, b: Node, bands: number): number {
  const both = together(a, b)
  const lost = lossOf(both, bands)
  return a.n * (lost - lossOf(a, bands)) + b.n * (lost - lossOf(b, bands))
}

function lossOf({ community, subdistrict, age, sex }: Released, bands: number): number {
  const ages = age ? (age.to - age.from) / Math.max(1, bands) : 1
  const place = community !== null ? 0 : subdistrict !== null ? COST.subdistrict : COST.district
  return ages + place + (sex === null ? COST.sex : 0)
}

function together(a: Node, b: Node): Node {
  return {
    community: a.community === b.community ? a.community : null,
    subdistrict: a.subdistrict === b.subdistrict ? a.subdistrict : null,
    age: hull(a.age, b.age),
    sex: a.sex === b.sex ? a.sex : null,
    n: a.n + b.n,
    members: [...a.members, ...b.members],
  }
}

function hull(a: Released['age'], b: Released['age']): Released['age'] {
  if (!a || !b) return null
  const known = a.from !== UNKNOWN && b.from !== UNKNOWN
  if (!known) return a.from === b.from ? a : null
  return { from: Math.min(a.from, b.from), to: Math.max(a.to, b.to) }
}

/** Classes of which a file says the same are one. */
function united(nodes: Node[]): Node[] {
  const byKey = new Map<string, Node>()
  for (const node of nodes) {
    const known = byKey.get(keyOf(node))
    byKey.set(
      keyOf(node),
      known ? { ...node, n: known.n + node.n, members: [...known.members, ...node.members] } : node,
    )
  }
  return [...byKey.values()]
}

export function keyOf({ community, subdistrict, age, sex }: Omit<Released, 'n'>): string {
  return JSON.stringify([subdistrict, community, age && [age.from, age.to], sex])
}
