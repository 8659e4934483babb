import { told } from '../document.ts'
import { type Placed, worthwhile } from './allocate.ts'
import { type Case, naming, placesFor, priorityZh, type Why } from './case.ts'
import { leastArea, ofDecision, ofService, servedBy } from './figures.ts'
import { expectedUnmet, isCovered, needed, usableNear } from './inputs.ts'
import { brokenWhy } from './no-place.ts'
import type { Candidate } from './problem.ts'
import { assumptions } from './rules.ts'
import { about, listZh, metres, whereZh } from './wording.ts'

function supplyWhy({ candidate: { service }, input }: Case): Why {
  const of = input.service
  const near = usableNear(input, true).map(({ code, name, capacity }) => {
    return told`${name}，可服务${about(servedBy(of, code, capacity), service)}`
  })
  const listed = listZh(near, (count) => ofService(of, count, 'publicNear'))
  const need = about(ofService(of, needed(input), 'needed'), service)
  const gap = input.gap!
  const end =
    gap <= 0
      ? told`能够满足现有需求（${need}）`
      : told`与现有需求（${need}）大体相当，余下的缺口（${about(ofService(of, gap, 'gap'), service)}）在调查误差范围之内`
  const reason = told`服务半径内已有可用的公共设施（${listed}），${service.zh}供给${end}，不再重复建设。`
  return { rule: 'supply', reason, mark: null }
}

function noNeedWhy({ candidate, input }: Case): Why {
  const { spec, service, lo, perM2 } = candidate
  const unmet = expectedUnmet(input) ?? 0
  const found =
    unmet < 1
      ? `调查未显示尚未满足的${service.zh}需求`
      : told`尚未满足的${service.zh}需求${about(ofService(service.code, unmet, 'unmet'), service)}`
  const serves = about(ofDecision(spec, lo * perM2, 'leastServes'), service)
  const reason = told`${found}，而${spec.zh}按最小规模${metres(leastArea(candidate))}计可服务${serves}，利用不足一半，本次不设置。`
  return { rule: 'no_need', reason, mark: assumptions.mark }
}

function besideWhy(given: Case): Why | undefined {
  const { problem, allocation, f, candidate } = given
  const against = allocation.placed.filter(({ candidate: other }) => problem.excluded[f]!.includes(other))
  const clash = (place: number) => against.some((other) => problem.beside[place]![other.place])
  if (!placesFor(given).every(clash)) return undefined
  const { names, named } = naming(
    given,
    against.map((other) => problem.candidates[other.candidate]!),
  )
  const reason = told`${candidate.spec.zh}不应与${names}相邻设置，适宜的房间与其同处一层，本次不设置。`
  return { rule: 'not_beside', reason, mark: candidate.spec.mark, named }
}

/** The rivals: those who hold the places that this function could have had, other services first. */
function rivalWhy(given: Case): Why {
  const { problem, allocation, candidate, input } = given
  const { spec, service } = candidate
  const places = placesFor(given)
  const holders = allocation.placed.filter((each) => places.includes(each.place)).map((each) => held(given, each))
  const rivals = holders.filter((each) => each.service !== service)
  const same = holders.find((each) => each.service === service)
  if (holders.length === 0) {
    const wish = spec.prefers === 'quiet' ? '安静的房间' : '首层'
    return { rule: 'rival', reason: [`${spec.zh}宜设在${wish}，现有空间不符合，留待实施时再定。`], mark: spec.mark }
  }
  const { site, room } = problem.places[places[0]!]!
  const fitting =
    places.length === 1 ? whereZh(site, room) : told`适合的${ofDecision(spec, places.length, 'fitting')}处空间`
  const { names, named } = naming(given, rivals.length > 0 ? rivals : holders)
  const own = same ? `同一服务已安排${same.spec.zh}；` : ''
  const priority = priorityZh(service.code, input.pir)
  const reason = told`${own}${service.zh}${priority}，${fitting}已先安排${names}，本次不再设置。`
  return { rule: 'rival', reason, mark: null, named }
}

const held = ({ problem }: Case, { candidate }: Placed): Candidate => problem.candidates[candidate]!

/** The need was there, and another function of the same service already takes it. */
function servedWhy(given: Case): Why {
  const { spec, service } = given.candidate
  const placed = given.allocation.placed.map((each) => held(given, each))
  const { names, named } = naming(
    given,
    placed.filter((each) => each.service === service),
  )
  const reason = told`${service.zh}需求已由本次安排的${names}承担，余下需求不足以支持再设${spec.zh}。`
  return { rule: 'rival', reason, mark: null, named }
}

export const noDataWhy = ({ service }: Candidate): Why => ({
  rule: 'no_data',
  reason: [`本次调查没有${service.zh}的需求数据，暂不提出设置建议。`],
  mark: null,
})

/** Why a function is not proposed: by which supply, which rule or which rival. */
export function outWhy(given: Case): Why {
  const { problem, allocation, f, candidate, input } = given
  if (isCovered(input)) return supplyWhy(given)
  const unmet = expectedUnmet(input)
  if (unmet === null) return noDataWhy(candidate)
  if (!worthwhile(candidate, unmet)) return noNeedWhy(given)
  if (problem.sites.length === 0) {
    return { rule: 'no_site', reason: [`本社区尚无可用点位，${candidate.spec.zh}暂无处设置。`], mark: null }
  }
  if (problem.cost[f]!.every((cost) => cost === null)) return brokenWhy(given)
  const same = allocation.placed.some((each) => problem.candidates[each.candidate]!.service === candidate.service)
  if (same && !worthwhile(candidate, allocation.after.get(input.service) ?? 0)) return servedWhy(given)
  return besideWhy(given) ?? rivalWhy(given)
}
