import { type Sentence, told } from '../document.ts'
import type { Allocation, Placed, Required } from './allocate.ts'
import type { Decision } from './api.ts'
import { type Case, naming, placesFor, priorityZh, type Why } from './case.ts'
import { ofPlacement, ofService, thresholdOf } from './figures.ts'
import type { ServiceInput } from './inputs.ts'
import { noDataWhy, outWhy } from './left-out.ts'
import type { Problem } from './problem.ts'
import { about, metres, slotZh, whereZh } from './wording.ts'

type Placing = Omit<Case, 'input'> & { input: ServiceInput | undefined; placed: Placed }

/** When the function uses its room, and with whom it takes turns. */
function hoursZh(given: Placing): { hours: Sentence; named: number } {
  const { problem, allocation, placed } = given
  if (placed.slot === 'all') return { hours: [], named: 0 }
  const sharing = allocation.placed.filter(
    (other) => other !== placed && other.place === placed.place && other.slot !== 'all',
  )
  const { names, named } = naming(
    given,
    sharing.map(({ candidate }) => problem.candidates[candidate]!),
  )
  const slot = slotZh(placed.slot)
  const hours = named > 0 ? told`，${slot}时段使用，与${names}错时共用` : [`，主要在${slot}时段使用`]
  return { hours, named }
}

function inWhy(given: Placing, required: Required | undefined): Why {
  const { problem, allocation, candidate, input, placed } = given
  const { spec, service } = candidate
  const { site, room } = problem.places[placed.place]!
  const { hours, named } = hoursZh(given)
  const size = metres(ofPlacement(spec, placed.areaM2, 'areaM2'))
  const where = told`拟设于${whereZh(site, room)}，使用面积${size}${hours}`
  const least = spec.min_area_m2 && thresholdOf(service, spec, spec.min_area_m2, 'min_area_m2')
  const area = least ? told`，符合不小于${metres(least)}的面积要求` : ''
  const serves = about(ofPlacement(spec, placed.serves, 'serves'), service)
  const served = placed.serves > 0 ? told`，可服务${serves}` : ''
  const why = required ? `按照${required.by ?? '决议'}的要求设置` : needWhy(candidate.service, input, allocation)
  return {
    rule: required ? 'required' : 'serves',
    reason: told`${why}；${where}${area}${served}。`,
    mark: spec.mark,
    named,
  }
}

function needWhy(service: Case['candidate']['service'], input: ServiceInput | undefined, { before }: Allocation) {
  const supply = (input?.capacity ?? 0) > 0 ? '扣除服务半径内可用的公共设施后，' : ''
  const unmet = about(ofService(service.code, before.get(service.code) ?? 0, 'unmet'), service)
  return told`${service.zh}${priorityZh(service.code, input?.pir ?? null)}，${supply}尚有${unmet}的需求未得到满足`
}

/** The resolution that put the function where it stands. */
function requirementOf({ problem, candidate }: Omit<Case, 'input'>, { place }: Placed, required: readonly Required[]) {
  const { site } = problem.places[place]!
  return required.find((one) => one.function === candidate.spec.code && (one.site ?? site.code) === site.code)
}

/** Why each function of the catalogue is in or out: by which rule, which supply or which rival. In the order of the catalogue. */
export function decisions(
  problem: Problem,
  services: ServiceInput[],
  allocation: Allocation,
  required: readonly Required[],
  stays: Map<string, number> | null,
): Decision[] {
  const inputs = new Map(services.map((input) => [input.service, input]))
  return problem.candidates.map((candidate, f) => {
    const { spec, service, lo, perM2 } = candidate
    const placed = allocation.placed.find((each) => each.candidate === f)
    const input = inputs.get(service.code)
    const given = { problem, allocation, f, candidate }
    const why = placed
      ? inWhy({ ...given, input, placed }, requirementOf(given, placed, required))
      : input
        ? outWhy({ ...given, input })
        : noDataWhy(candidate)
    const numbers = { leastServes: lo * perM2, fitting: placesFor(given).length, named: why.named ?? 0 }
    return {
      ...{ function: spec.code, service: service.code, in: !!placed },
      ...why,
      ...numbers,
      stays: stays?.get(spec.code) ?? null,
    }
  })
}
