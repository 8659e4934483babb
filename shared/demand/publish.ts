import { LEAST_PUBLISHED } from '../statistics/standing.ts'
import { type Cell, type Sum, withhold } from '../statistics/suppression.ts'
import type { Demand, Gap, PartDemand, ServiceDemand, Share } from './api.ts'
import { type Bases, basesOf, unionCode, WHOLE } from './bases.ts'
import { noChance } from './chances.ts'
import { noRating } from './priority.ts'
import { published, withheld } from './standing.ts'

const kinds = ['need', 'unmet', 'top'] as const

/**
 * The demand of an area as it may be published (methods, What may be published): figures from fewer than ten answers are
 * withheld together with enough others that no sum gives them back, counts of 1–9 are ranges, and ratings or gaps from
 * which a withheld share could be worked out are left out. An area with fewer than ten answers keeps none of its figures.
 */
export function forPublic(demand: Demand): Demand {
  if (demand.inside < LEAST_PUBLISHED) return silenced(demand)
  const bases = basesOf(demand)
  const hidden = withhold(bases.cells, bases.sums)
  const parts = demand.parts.map((part) => publicPart(part, hidden))
  const services = demand.services.map((service, at) => publicService(service, at, demand, parts, bases, hidden))
  return { ...demand, ...publicCounts(demand), services: rated(services), parts, ...withoutCounts(demand) }
}

/** Everything that was said in the area is withheld; what is known without asking stays. */
function silenced(demand: Demand): Demand {
  const services = demand.services.map((service) => {
    const shares = { need: nothing(service.need), unmet: nothing(service.unmet), top: nothing(service.top) }
    return { ...withoutRating(service), ...shares, gap: service.gap && silentGap(service.gap) }
  })
  const weighting = { ...demand.weighting, merges: [], deff: null, effectiveN: null, largest: null }
  const none = { n: 0, inside: 0, outside: [], channels: [], proxies: 0 }
  const parts = demand.parts.map((part) => silentPart(part))
  return { ...demand, ...none, weighting, services, parts, ...withoutCounts(demand) }
}

function withoutCounts({ withoutPopulation }: Demand): Pick<Demand, 'withoutPopulation' | 'excluded'> {
  return { excluded: null, withoutPopulation: withoutPopulation.map((each) => ({ ...each, n: null })) }
}

function nothing(share: Share): Share {
  return { ...withheld(share), n: 0 }
}

/** What is known of a gap without asking. */
export function silentGap(gap: Gap): Gap {
  return { ...gap, need: nothing(gap.need), gap: null, low: null, high: null }
}

/** What is known of a part of the people without asking. */
export function silentPart(part: PartDemand): PartDemand {
  const services = part.services.map(({ service, need, unmet, top }) => {
    return { service, need: nothing(need), unmet: nothing(unmet), top: nothing(top) }
  })
  return { ...part, n: 0, population: part.kind === 'circumstance' ? 0 : part.population, services }
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
  bases: Bases,
  hidden: Set<string>,
): ServiceDemand {
  const shares = { need: published(service.need), unmet: published(service.unmet), top: published(service.top) }
  const concerned = service.gap ? unionCode(service.gap.concerned) : WHOLE
  let inGroup = service.gap && (hidden.has(concerned) ? nothing(service.gap.need) : published(service.gap.need))
  for (const kind of kinds) {
    const given = hiddenAmongParts(service, kind, at, demand, bases, hidden)
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
  bases: Bases,
  hidden: Set<string>,
): Set<string> {
  const shares = new Map([[WHOLE, service[kind]]])
  for (const part of demand.parts) shares.set(part.code, part.services[at]![kind])
  const { gap } = service
  if (gap && kind === 'need' && !shares.has(unionCode(gap.concerned))) shares.set(unionCode(gap.concerned), gap.need)
  for (const [code, { outer, inner }] of bases.rests) {
    const [more, less] = [shares.get(outer), shares.get(inner)]
    if (!more || !less) continue
    shares.set(code, { ...less, n: Math.max(0, more.n - less.n), yes: Math.max(0, more.yes - less.yes) })
  }
  const sums = bases.sums.filter(({ total, parts }) => [total!, ...parts].every((code) => shares.has(code)))
  return hiddenCounts(shares, sums, hidden)
}

/** Those whose count of yes or of no is small, or was hidden before, and those that hide them. */
function hiddenCounts(shares: Map<string, Share>, sums: Sum[], before: Set<string>): Set<string> {
  const among = (count: (share: Share) => number) => {
    const cells = [...shares].map(([code, share]) => ({ code, n: count(share) }))
    return withhold(cells, sums, LEAST_PUBLISHED, before)
  }
  const yes = among((share) => share.yes)
  const no = among((share) => share.n - share.yes)
  return new Set([...yes, ...no])
}

/** Nothing of what a rating says, neither its level nor its tier. */
function withoutRating(service: ServiceDemand): ServiceDemand {
  return { ...service, ...noRating, ...noChance, shrunk: null }
}

/** A rating is a percentage of the largest share: where that one is not published, the others' ratings would tell it. */
function rated(services: ServiceDemand[]): ServiceDemand[] {
  const shown = services.filter(({ pir }) => pir !== null)
  const largest = shown.some(({ unr }) => unr === 100) && shown.some(({ ir }) => ir === 100)
  return largest || shown.length === services.length ? services : services.map(withoutRating)
}

/** Numbers of answers by reason, channel and proxy, none of them small or to be had by subtraction. */
function publicCounts(demand: Demand): Pick<Demand, 'n' | 'outside' | 'channels' | 'proxies' | 'weighting'> {
  const away = demand.n - demand.inside
  const common = { weighting: { ...demand.weighting, merges: [] } }
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
    // All of them together are the total once more.
    channels: channels.every(({ code }) => code === 'withheld')
      ? []
      : channels.map(({ code, n }) => ({ channel: code, n })),
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
