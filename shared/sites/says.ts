import { reachM } from '../demand/supply.ts'
import { told } from '../document.ts'
import type { Allocation, Placed } from './allocate.ts'
import type { Programme } from './api.ts'
import { areaOf, exact, ofService, servedBy } from './figures.ts'
import { isCovered, needed, type PrivateDeduction, type ServiceInput, usableNear } from './inputs.ts'
import type { Problem } from './problem.ts'
import { isForChildren, isForElders } from './rules.ts'
import { about, listZh, metres, oneByOne, whereZh } from './wording.ts'

type Say = Programme['says'][number]

/** Private supply nearby: always listed; deducted only where the planner decided so, with the reason. */
function privateSupply(problem: Problem, services: ServiceInput[], deductions: PrivateDeduction[]): Say[] {
  return problem.catalogue.services.flatMap((service) => {
    const input = services.find((each) => each.service === service.code)
    const near = input ? usableNear(input, false) : []
    if (near.length === 0) return []
    const { code, zh } = service
    const listed = listZh(
      near.map((each) => told`${each.name}，可服务${about(servedBy(code, each.code, each.capacity), service)}`),
      (count) => ofService(code, count, 'privateNear'),
    )
    const radius = exact(reachM(service), 'catalogue', 'services', code, 'reachM')
    const reason = deductions.find((each) => each.service === code)?.reason
    const end = reason ? `规划师已决定抵减需求，理由：${reason}` : '与居民需求一并列出，供研究参考，不抵减需求'
    const text = told`社区周边${radius}米范围内有可用的民办${zh}设施（${listed}），${end}。`
    return [{ code: 'private_supply', text }]
  })
}

/** How readily a function leaves its mornings to others: used by the hour, then children's after school, then outdoors; undefined where it does not. */
function freeMornings(problem: Problem, placed: Placed, all: Placed[]): number | undefined {
  const { shared, service, outdoors } = problem.candidates[placed.candidate]!
  const taken = all.some((other) => other.place === placed.place && other.slot === 'morning')
  if (taken) return undefined
  if (shared) return 0
  if (isForChildren(service) && !service.for.includes('parent_0_3')) return 1
  return outdoors ? 2 : undefined
}

/** The placement whose mornings go to elders, where elders need services and no function of theirs was placed. */
export function elderHours(problem: Problem, services: ServiceInput[], { placed }: Allocation): Placed | undefined {
  const elder = problem.catalogue.services.filter((service) => isForElders(service) && service.functions.length > 0)
  const needs = services.some((input) => elder.some(({ code }) => code === input.service) && needed(input) >= 1)
  const has = placed.some(({ candidate }) => elder.includes(problem.candidates[candidate]!.service))
  if (!needs || has) return undefined
  return placed
    .map((each) => ({ each, rank: freeMornings(problem, each, placed) }))
    .filter(({ rank }) => rank !== undefined)
    .sort((a, b) => a.rank! - b.rank!)[0]?.each
}

function elderHoursSay(problem: Problem, services: ServiceInput[], hours: Placed): Say {
  const elder = problem.catalogue.services.filter(isForElders).map((service) => service.code)
  const covered = services.some((input) => elder.includes(input.service) && isCovered(input))
  const why = covered ? '周边养老服务设施已能满足需求，本次不再单独设置' : '本次未能单独设置养老服务功能'
  const { site, room } = problem.places[hours.place]!
  const { spec } = problem.candidates[hours.candidate]!
  const text = told`${why}；${whereZh(site, room)}（${spec.zh}）上午时段向老年人开放，供休息、交流和开展活动使用，与其他时段错时共用。`
  return { code: 'elder_hours', text }
}

/** Rooms that no function took: kept for what the consultation or the next survey brings. */
function reserve(problem: Problem, { placed }: Allocation): Say[] {
  const free = problem.places.filter((_, place) => !placed.some((each) => each.place === place))
  if (free.length === 0) return []
  const listed = free.map(({ site, room }) => {
    return room ? whereZh(site, room) : told`${whereZh(site, room)}（${metres(areaOf(site, room))}）`
  })
  return [{ code: 'reserve', text: told`${oneByOne(listed)}暂不安排功能，作为预留空间，待征求意见后确定。` }]
}

/** Sentences that belong to the proposal beside its list of functions. */
export function saysOf(
  problem: Problem,
  services: ServiceInput[],
  allocation: Allocation,
  deductions: PrivateDeduction[],
): Say[] {
  const hours = elderHours(problem, services, allocation)
  return [
    ...privateSupply(problem, services, deductions),
    ...(hours ? [elderHoursSay(problem, services, hours)] : []),
    ...reserve(problem, allocation),
  ]
}
