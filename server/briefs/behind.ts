import type { Earlier, Facts, Said } from '../../shared/briefs/facts.ts'
import { weighedOf } from '../../shared/briefs/weighed.ts'
import type { Demand } from '../../shared/demand/api.ts'
import { demandOf } from '../../shared/demand/demand.ts'
import { type Family, familiesOf, type Past, type Tells } from '../../shared/demand/families.ts'
import { forPublic } from '../../shared/demand/publish.ts'
import type { Edition } from '../../shared/demand/shown.ts'

/** An earlier publication: the parts whose figures are from it, and those that have not been told of again since. */
type Standing = Earlier & { behind: string[] }

/** Figures of a community as they are kept: those of the whole, what stands as it was published before, and what was told by then. */
export interface Kept extends Said {
  earlier?: Standing[]
  past?: Past[]
}

type Places = Pick<Facts, 'survey' | 'community' | 'catalogue'>

/** What of these facts comes from answers, in one order, so that the same is the same text. */
export function said({ tallies, tallyVersion, answersAsOf, weights }: Said): Said {
  return { tallies, tallyVersion, answersAsOf, ...(weights && { weights }) }
}

/**
 * What is kept when the whole is published as of `now`: parts go with it where the publication tells of them and they may be told, the
 * others stay behind. Undefined where the whole may not be told beside those.
 */
export function renewed(of: Places, now: Said, last: Kept | undefined, tells: Tells): Kept | undefined {
  const { families, shows, mayTell, remembered, standing } = states(of, now)
  const past = last?.past ?? []
  const behind = families.filter((family) => {
    return tells === 'whole' || !shows(family) || !mayTell(family, { from: lastOf(family, last), last, past }, 'parts')
  })
  const alone = behind.every((family) => mayTell(family, { from: lastOf(family, last), last, past }, 'whole'))
  if (!alone) return undefined
  const told = families.filter((family) => last && lastOf(family, last) === last)
  const earlier = standing(last, behind)
  return { ...now, ...earlier, ...(last && { past: [...past, remembered(last, told)] }) }
}

/** What is kept when the whole stays as it is: parts that stayed behind it join it where they may be told. */
export function caughtUp(of: Places, last: Kept): Kept {
  const { families, shows, mayTell, standing } = states(of, last)
  const { past } = last
  const behind = families.filter((family) => {
    const from = lastOf(family, last)
    return from !== last && !(shows(family) && mayTell(family, { from, past: past ?? [] }, 'parts'))
  })
  return { ...said(last), ...standing(last, behind), ...(past && { past }) }
}

/** What of an earlier publication is needed to tell whether a family may be told of. */
interface Published {
  from: Said | undefined
  last?: Said | undefined
  past: Past[]
}

/** Families of figures as they were published and as they are `now`. */
function states(of: Places, now: Said) {
  const known = new Map<Said, Edition>()
  const editionOf = (then: Said) => known.get(then) ?? known.set(then, edition(of, then)).get(then)!
  const { families, shows, mayTell, remembered, isSame } = familiesOf(of.survey.plan, editionOf(now).demand)
  return {
    families,
    shows: (family: Family) => shows(family, editionOf(now)),
    mayTell(family: Family, { from, last, past }: Published, tells: Tells): boolean {
      const before = {
        ...(from && { edition: editionOf(from) }),
        ...(last && last !== from && { last: editionOf(last) }),
        past,
      }
      return mayTell(family, before, editionOf(now), tells)
    },
    remembered: (then: Said, told: Family[]) => remembered(editionOf(then), told),
    /** What stands as it was published before: those left behind, and parts in which nothing has changed, whatever the weights of the others. */
    standing(last: Kept | undefined, behind: Family[]): Pick<Kept, 'earlier'> {
      const stands = (family: Family, code: string) => {
        const from = figuresOf(code, last)
        return behind.includes(family) || (from && isSame(code, editionOf(from), editionOf(now)))
      }
      const codes = families.flatMap((family) => family.codes.filter((code) => stands(family, code)))
      return grouped(
        [
          ...codes.map((code) => ({ from: figuresOf(code, last), parts: [code], behind: [] })),
          ...behind.map((family) => ({ from: lastOf(family, last), parts: [], behind: family.codes })),
        ].filter(({ from }) => from !== now),
      )
    },
  }
}

/** When a family was told of last: with the whole, before it, or never. */
function lastOf({ codes }: Family, last: Kept | undefined): Said | undefined {
  const before = last?.earlier?.find(({ behind }) => behind.some((code) => codes.includes(code)))
  return before ? before.said : last
}

/** What the figures of a part are from. */
function figuresOf(code: string, last: Kept | undefined): Said | undefined {
  const before = last?.earlier?.find(({ parts }) => parts.includes(code))
  return before ? before.said : last
}

/** By publication, so that the tallies of each are kept once. */
function grouped(standing: { from: Said | undefined; parts: string[]; behind: string[] }[]): Pick<Kept, 'earlier'> {
  const groups = new Map<Said | undefined, Standing>()
  for (const { from, parts, behind } of standing) {
    const group = groups.get(from) ?? { parts: [], behind: [], ...(from && { said: said(from) }) }
    groups.set(from, { ...group, parts: [...group.parts, ...parts], behind: [...group.behind, ...behind] })
  }
  return groups.size > 0 ? { earlier: [...groups.values()] } : {}
}

function edition({ survey, community, catalogue }: Places, then: Said): Edition {
  const { code, version, plan } = survey
  const { tallies: rows, tallyVersion, weights } = then
  const { cells, weighed } = weighedOf({ survey, community, tallies: rows, ...(weights && { weights }) })
  const of = { survey: code, version, plan, rows, tallyVersion, community, catalogue }
  const demand = demandOf(of, cells, weighed, { parts: true, chances: false })
  let open: Demand | undefined
  return {
    rows,
    demand,
    get open() {
      open ??= forPublic(demand)
      return open
    },
  }
}
