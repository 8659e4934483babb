import { type Cell, type Sum, withhold } from '../statistics/suppression.ts'
import { bandsWithin } from './age-bands.ts'
import type { Demand, PartDemand, ServiceDemand, Share } from './api.ts'
import { LEAST_PUBLISHED, published, withheld } from './standing.ts'

/** The people that a share is read from, e.g. an age band; sums say how these numbers of people hang together. */
interface Bases {
  cells: Cell[]
  sums: Sum[]
}

const kinds = ['need', 'unmet', 'top'] as const
const WHOLE = 'whole'

/**
 * The demand of an area as it may be published (methods, What may be published): figures from fewer than ten answers are
 * withheld together with enough others that no sum gives them back, counts of 1–9 are ranges, and ratings or gaps from
 * which a withheld share could be worked out are left out. An area with fewer than ten answers keeps none of its figures.
 */
export function forPublic(demand: Demand): Demand {
  if (demand.inside < LEAST_PUBLISHED) return silenced(demand)
  const { cells, sums } = basesOf(demand)
  const hidden = withhold(cells, sums)
  const parts = demand.parts.map((part) => publicPart(part, hidden))
  const services = demand.services.map((service, at) => publicService(service, at, demand, parts, hidden))
  return { ...demand, ...publicCounts(demand), services: rated(services), parts, ...withoutCounts(demand) }
}

/** Everything that was said in the area is withheld; what is known without asking stays. */
export function silenced(demand: Demand): Demand {
  const services = demand.services.map((service) => {
    const gap = service.gap && { ...service.gap, need: withheld(service.gap.need), gap: null, low: null, high: null }
    const shares = { need: nothing(service.need), unmet: nothing(service.unmet), top: nothing(service.top) }
    return { ...withoutRating(service), ...shares, gap: gap && { ...gap, need: nothing(gap.need) } }
  })
  const weighting = { ...demand.weighting, merges: [], deff: null, effectiveN: null, largest: null }
  const none = { n: 0, inside: 0, outside: [], channels: [], proxies: 0 }
  const parts = demand.parts.map((part) => silentPart(part))
  return { ...demand, ...none, weighting, services, parts, ...withoutCounts(demand) }
}

function withoutCounts({ withoutPopulation }: Demand): Pick<Demand, 'withoutPopulation'> {
  return { withoutPopulation: withoutPopulation.map((each) => ({ ...each, n: null })) }
}

function nothing(share: Share): Share {
  return { ...withheld(share), n: 0 }
}

function silentPart(part: PartDemand): PartDemand {
  const services = part.services.map(({ service, need, unmet, top }) => {
    return { service, need: nothing(need), unmet: nothing(unmet), top: nothing(top) }
  })
  return { ...part, n: 0, population: part.kind === 'circumstance' ? 0 : part.population, services }
}

/**
 * Every number of people that shares are read from. Age bands add up to the area; each other group and those outside it
 * do; of two groups of which one holds the other, so does what lies between.
 */
function basesOf(demand: Demand): Bases {
  const cells = new Map<string, number>([[WHOLE, demand.inside]])
  const sums: Sum[] = []
  const ages = demand.parts.filter(({ kind }) => kind === 'age')
  const others = demand.parts.filter(({ kind }) => kind !== 'age')
  for (const part of demand.parts) cells.set(part.code, part.n)
  if (ages.length > 0) sums.push({ total: WHOLE, parts: ages.map(({ code }) => code) })
  for (const { code, n } of others) between(cells, sums, code, WHOLE, demand.inside - n)
  const unions = new Map(demand.services.flatMap(({ gap }) => (gap ? [[unionCode(gap.concerned), gap] as const] : [])))
  for (const [code, { concerned, need }] of unions) {
    if (cells.has(code)) continue
    cells.set(code, need.n)
    const bands = bandsWithin(
      ages.map((age) => age.code),
      concerned,
    )
    if (bands.length > 0) {
      sums.push({ total: code, parts: bands })
      continue
    }
    for (const [inner, n] of [...cells]) {
      const holds = inner.split('|').every((group) => concerned.includes(group))
      if (inner !== code && holds) between(cells, sums, inner, code, need.n - n)
    }
    between(cells, sums, code, WHOLE, demand.inside - need.n)
  }
  return { cells: [...cells].map(([code, n]) => ({ code, n })), sums }
}

/** Those in the outer group who are not in the inner one: nobody prints them, but anybody can subtract. */
function between(cells: Map<string, number>, sums: Sum[], inner: string, outer: string, n: number) {
  const code = `${outer} without ${inner}`
  cells.set(code, Math.max(0, n))
  sums.push({ total: outer, parts: [inner, code] })
}

/** Name of the people that a service concerns; that of the part where they are one. */
function unionCode(concerned: string[]): string {
  return concerned.includes('all') ? WHOLE : concerned.join('|')
}

function publicPart(part: PartDemand, hidden: Set<string>): PartDemand {
  if (hidden.has(part.code)) return silentPart(part)
  const services = part.services.map(({ service, need, unmet, top }) => {
    return { service, need: published(need), unmet: published(unmet), top: published(top) }
  })
  return { ...part, services }
}

/** Shares of one service; `parts` are changed where a share of theirs would give another away. */
function publicService(
  service: ServiceDemand,
  at: number,
  demand: Demand,
  parts: PartDemand[],
  hidden: Set<string>,
): ServiceDemand {
  const shares = { need: published(service.need), unmet: published(service.unmet), top: published(service.top) }
  const concerned = service.gap ? unionCode(service.gap.concerned) : WHOLE
  let inGroup = service.gap && (hidden.has(concerned) ? nothing(service.gap.need) : published(service.gap.need))
  for (const kind of kinds) {
    const given = hiddenAmongParts(service, kind, at, demand, hidden)
    for (const [index, part] of parts.entries()) {
      const share = part.services[at]![kind]
      if (given.has(part.code) && share.p !== null) {
        parts[index] = replaced(part, at, kind, withheld(share))
      }
    }
    if (given.has(WHOLE) && shares[kind].p !== null) shares[kind] = withheld(shares[kind])
    if (kind === 'need' && inGroup && inGroup.p !== null && given.has(concerned)) inGroup = withheld(inGroup)
  }
  if (service.gap && concerned === WHOLE) inGroup = shares.need
  const known = Object.values(shares).every(({ standing }) => standing !== 'range' && standing !== 'withheld')
  const gap = service.gap && inGroup && { ...service.gap, need: inGroup }
  return {
    ...(known ? service : withoutRating(service)),
    ...shares,
    shrunk: null,
    gap: gap && gap.need.p === null ? { ...gap, gap: null, low: null, high: null } : gap,
  }
}

function replaced(part: PartDemand, at: number, kind: (typeof kinds)[number], share: Share): PartDemand {
  return { ...part, services: part.services.map((each, index) => (index === at ? { ...each, [kind]: share } : each)) }
}

/** Parts (and the whole, and a union of groups) in which the count of yes or of no must not be given away by the others. */
function hiddenAmongParts(
  service: ServiceDemand,
  kind: (typeof kinds)[number],
  at: number,
  demand: Demand,
  hidden: Set<string>,
): Set<string> {
  const whole = service[kind]
  const rows = [{ code: WHOLE, share: whole }]
  const sums: Sum[] = []
  for (const part of demand.parts) rows.push({ code: part.code, share: part.services[at]![kind] })
  const ages = demand.parts.filter((part) => part.kind === 'age').map(({ code }) => code)
  if (ages.length > 0) sums.push({ total: WHOLE, parts: ages })
  const { gap } = service
  const union = kind === 'need' && gap ? unionCode(gap.concerned) : WHOLE
  if (gap && rows.every(({ code }) => code !== union)) {
    rows.push({ code: union, share: gap.need })
    const bands = bandsWithin(ages, gap.concerned)
    if (bands.length > 0) sums.push({ total: union, parts: bands })
  }
  const summed = new Set([WHOLE, ...sums.flatMap(({ total, parts }) => [total, ...parts])])
  for (const { code, share } of rows.filter((row) => !summed.has(row.code))) {
    const rest = { ...share, n: Math.max(0, whole.n - share.n), yes: Math.max(0, whole.yes - share.yes) }
    rows.push({ code: `rest beside ${code}`, share: rest })
    sums.push({ total: WHOLE, parts: [code, `rest beside ${code}`] })
  }
  return hiddenCounts(rows, sums, hidden)
}

/** Rows whose count of yes or of no is small, or was hidden before, and those that hide them. */
export function hiddenCounts(rows: { code: string; share: Share }[], sums: Sum[], before: Set<string>): Set<string> {
  const among = (count: (share: Share) => number) => {
    const cells = rows.map(({ code, share }) => ({ code, n: count(share) }))
    return withhold(cells, sums, LEAST_PUBLISHED, before)
  }
  const yes = among((share) => share.yes)
  const no = among((share) => share.n - share.yes)
  return new Set([...yes, ...no])
}

/** Nothing of what a rating says, neither its level nor its tier. */
export const noRating = {
  ...{ unr: null, ir: null, pir: null, level: null },
  ...{ pirLow: null, pirHigh: null, firstThree: null, tier: null },
}

function withoutRating(service: ServiceDemand): ServiceDemand {
  return { ...service, ...noRating, shrunk: null }
}

/** A rating is a percentage of the largest share: where that one is not published, the others' ratings would tell it. */
function rated(services: ServiceDemand[]): ServiceDemand[] {
  const shown = services.filter(({ pir }) => pir !== null)
  const whole = shown.some(({ unr }) => unr === 100) && shown.some(({ ir }) => ir === 100)
  return whole ? services : services.map(withoutRating)
}

/** Numbers of answers by reason, channel and proxy, none of them small or to be had by subtraction. */
function publicCounts(demand: Demand): Pick<Demand, 'n' | 'outside' | 'channels' | 'proxies' | 'weighting'> {
  const away = demand.n - demand.inside
  const { merges: _, ...weighting } = demand.weighting
  const common = { weighting: { ...weighting, merges: [] } }
  // Nobody may work out how few stood outside, so only those inside are spoken of.
  if (away > 0 && away < LEAST_PUBLISHED) return { ...common, n: demand.inside, outside: [], channels: [], proxies: 0 }
  const outside = shownAmong(demand.outside.map(({ reason, n }) => ({ code: reason, n })))
  const channels = shownAmong(demand.channels.map(({ channel, n }) => ({ code: channel, n })))
  const own = shownAmong([
    { code: 'proxy', n: demand.proxies },
    { code: 'own', n: demand.n - demand.proxies },
  ])
  return {
    ...common,
    n: demand.n,
    outside: outside.map(({ code, n }) => ({ reason: code, n })),
    channels: channels.map(({ code, n }) => ({ channel: code, n })),
    proxies: own.find(({ code }) => code === 'proxy')?.n ?? 0,
  }
}

/** The counts of a known total that may be printed; those that may not stand together as `withheld`. */
function shownAmong(cells: Cell[]): Cell[] {
  const hidden = withhold(cells, [{ total: null, parts: cells.map(({ code }) => code) }])
  if (hidden.size === 0) return cells
  const together = cells.reduce((sum, { code, n }) => (hidden.has(code) ? sum + n : sum), 0)
  return [...cells.filter(({ code }) => !hidden.has(code)), { code: 'withheld', n: together }]
}
