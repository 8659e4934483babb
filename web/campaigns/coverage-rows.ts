import type { CommunityCoverage } from '../../shared/campaigns/api.ts'
import { marginOfError, responseRate } from '../../shared/campaigns/rates.ts'
import { byDay, type CellSum, type Narrowing, sumOfCells, visitsOf } from '../../shared/campaigns/sums.ts'
import type { Community, Subdistrict } from '../../shared/places/api.ts'
import { GREY_BELOW } from '../../shared/statistics/standing.ts'
import type { Sorting } from '../kit/sorting.ts'

export interface Places {
  subdistricts: Subdistrict[]
  communities: Community[]
}

/** What weighting costs, by community; null where it is not weighted. */
export type DesignEffects = ReadonlyMap<string, number | null>

/** One line of the board. */
export interface Row extends CellSum {
  code: string
  name: string
  subdistrict: string
  subdistrictName: string
  coverage: CommunityCoverage
  /** Share of the targets that is filled; null without a target. */
  done: number | null
  rate: number | null
  margin: number | null
  perDay: number[]
}

/** How the board is looked at; an empty text narrows nothing. */
export interface View extends Narrowing, Sorting {
  round: string
  subdistrict: string
  /** `short`: the target is not reached; `few`: too few answers for figures that stand. */
  show: string
}

export const plainView: View = {
  ...{ round: '', channel: '', band: '', subdistrict: '', show: '' },
  ...{ by: 'name', order: 'ascend' },
}

export function rowsOf(
  places: Places,
  coverages: CommunityCoverage[],
  view: Narrowing,
  days: string[],
  deffs: DesignEffects,
): Row[] {
  const known = new Map(coverages.map((one) => [one.community, one]))
  const names = new Map(places.subdistricts.map(({ code, name }) => [code, name]))
  return places.communities.flatMap(({ code, name, subdistrict }) => {
    const coverage = known.get(code)
    if (!coverage) return []
    const sum = sumOfCells(coverage.cells, view)
    const isWhole = view.channel === '' && view.band === ''
    return [
      {
        ...{ code, name, subdistrict, subdistrictName: names.get(subdistrict) ?? '', coverage },
        ...sum,
        done: sum.target > 0 ? sum.filled / sum.target : null,
        rate: responseRate(visitsOf(coverage)),
        // Weights belong to all answers together.
        margin: marginOfError(sum.valid, (isWhole && deffs.get(code)) || 1),
        perDay: byDay([coverage], days),
      },
    ]
  })
}

export const isShort = ({ done }: Row): boolean => done !== null && done < 1
export const isFew = ({ valid }: CellSum): boolean => valid < GREY_BELOW

export function narrowed(rows: Row[], { subdistrict, show }: View): Row[] {
  return rows.filter(
    (row) =>
      (subdistrict === '' || row.subdistrict === subdistrict) &&
      (show === '' || (show === 'short' ? isShort(row) : isFew(row))),
  )
}

/** The lines together: only what is shown, and so only what is within reach. */
export function together(rows: Row[]) {
  const sum = { target: 0, reached: 0, valid: 0, filled: 0, refused: 0, notHome: 0, visits: 0, issued: 0, answered: 0 }
  for (const { target, reached, valid, filled, coverage } of rows) {
    sum.target += target
    sum.reached += reached
    sum.valid += valid
    sum.filled += filled
    sum.refused += coverage.refused
    sum.notHome += coverage.notHome
    sum.visits += visitsOf(coverage).valid
    sum.issued += coverage.slips.issued
    sum.answered += coverage.slips.answered
  }
  return { ...sum, rate: responseRate({ valid: sum.visits, refused: sum.refused, notHome: sum.notHome }) }
}
