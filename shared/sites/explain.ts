import { type Allocation, type Placed, worthwhile } from './allocate.ts'
import type { Decision } from './api.ts'
import { expectedUnmet, isCovered, needed, type ServiceInput } from './inputs.ts'
import type { Candidate, Problem } from './problem.ts'
import { assumptions, type Breach, clause } from './rules.ts'
import { about, floorZh, listZh, metres, plain, slotZh, whereZh } from './wording.ts'

type Why = Pick<Decision, 'rule' | 'reason' | 'mark'>

interface Case {
  problem: Problem
  allocation: Allocation
  f: number
  candidate: Candidate
  input: ServiceInput
}

const levelZh = (pir: number) => (pir >= 100 ? '高' : pir >= 50 ? '中' : '低')
const priorityZh = (pir: number | null) =>
  pir === null ? '尚无优先度数据' : `优先度为${Math.round(pir)}（${levelZh(pir)}）`

/** Subject of a sentence about all sites: one site is 本点位. */
const allSites = (problem: Problem) => (problem.sites.length === 1 ? '本点位' : '各点位')

function supplyWhy({ candidate: { service }, input }: Case): Why {
  const names = input.facilities.filter((near) => near.isPublic && near.usable && near.capacity > 0)
  const listed = listZh(names.map((near) => `${near.name}，可服务${about(near.capacity, service)}`))
  const need = about(needed(input), service)
  const end =
    input.gap! <= 0
      ? `能够满足现有需求（${need}）`
      : `与现有需求（${need}）大体相当，余下的缺口（${about(input.gap!, service)}）在调查误差范围之内`
  const reason = `服务半径内已有可用的公共设施（${listed}），${service.zh}供给${end}，不再重复建设。`
  return { rule: 'supply', reason, mark: null }
}

function noNeedWhy({ candidate: { spec, service, lo, perM2 }, input }: Case): Why {
  const unmet = expectedUnmet(input) ?? 0
  const found =
    unmet < 1 ? `调查未显示尚未满足的${service.zh}需求` : `尚未满足的${service.zh}需求${about(unmet, service)}`
  const least = `${spec.zh}按最小规模${metres(lo)}计可服务${about(lo * perM2, service)}`
  return { rule: 'no_need', reason: `${found}，而${least}，利用不足一半，本次不设置。`, mark: assumptions.mark }
}

/** What was found over all places for a rule that every one of them breaks. */
function bestFound(problem: Problem, { broken }: Breach): string {
  const rooms = problem.places.flatMap(({ room }) => (room ? [room] : []))
  const all = allSites(problem)
  const most = (values: number[]) => plain(Math.max(...values))
  const numbers: Partial<Record<typeof broken.field, () => string>> = {
    areaM2: () =>
      broken.op === '>='
        ? `${all}最大的一间为${metres(Math.max(...rooms.map((room) => room.areaM2)))}`
        : `${all}的房间均超过这一面积`,
    floor: () => `${all}的房间位于${listZh(rooms.map((room) => floorZh(room.floor)))}`,
    exits: () => `${all}的房间最多有${most(rooms.map((room) => room.exits))}个出口`,
    water: () => `${all}的房间均无此条件`,
    exhaust: () => `${all}的房间均无此条件`,
  }
  return numbers[broken.field]?.() ?? `${all}的房间均不符合`
}

/** Rooms of one floor that would be large enough together; whether they touch is not in the data, so they are not counted as one. */
function joinable({ places }: Problem, lo: number): boolean {
  return places.some(({ site, room }) => {
    if (!room) return false
    const floor = site.rooms.filter((other) => other.floor === room.floor)
    return floor.length > 1 && floor.reduce((sum, other) => sum + other.areaM2, 0) >= lo
  })
}

function outdoorWhy({ problem, candidate: { spec, lo } }: Case): Why {
  const most = Math.max(0, ...problem.sites.map((site) => site.outdoorM2))
  const found = most > 0 ? `${allSites(problem)}最大的室外场地为${metres(most)}` : `${allSites(problem)}没有室外场地`
  const reason = `${spec.zh}须设在室外，面积一般不小于${metres(lo)}，${found}，不能设置。`
  return { rule: 'outdoor', reason, mark: spec.mark }
}

function brokenWhy(given: Case): Why {
  const { problem, candidate, f } = given
  if (candidate.outdoors) return outdoorWhy(given)
  const inside = problem.places.flatMap(({ room }, place) => (room ? [problem.breaches[f]![place]!] : []))
  const everywhere = inside[0]?.find(({ broken }) =>
    inside.every((found) => found.some((each) => each.broken === broken)),
  )
  if (everywhere) {
    const { broken } = everywhere
    const text = clause(broken, candidate.spec.zh, problem.sites[0]!, bestFound(problem, everywhere))
    const isArea = broken.field === 'areaM2' && broken.op === '>='
    const joined = isArea && joinable(problem, candidate.lo) ? '；同层房间能否打通须经踏勘，未按合并面积计算' : ''
    return { rule: broken.code, reason: `${text}${joined}，不能设置。`, mark: broken.source }
  }
  return nearestWhy(given)
}

/** No rule is broken everywhere, but every room breaks one: tell it of the room that comes nearest. */
function nearestWhy({ problem, f, candidate }: Case): Why {
  const nearest = problem.places
    .map((place, index) => ({ ...place, found: problem.breaches[f]![index]! }))
    .filter(({ room }) => room !== null)
    .sort((a, b) => a.found.length - b.found.length || b.areaM2 - a.areaM2)[0]
  if (!nearest) {
    return { rule: 'no_room', reason: `${allSites(problem)}没有室内房间，${candidate.spec.zh}无处设置。`, mark: null }
  }
  const { rule, mark } = nearest.found[0]!
  const texts = nearest.found.map(({ text }) => text).join('；')
  const where = whereZh(nearest.site, nearest.room)
  const reason = `没有一间房间同时符合${candidate.spec.zh}的各项条件，其中条件最接近的是${where}：${texts}。`
  return { rule, reason, mark }
}

const placesFor = ({ problem, f }: Case) => problem.cost[f]!.flatMap((cost, place) => (cost === null ? [] : [place]))

function besideWhy(given: Case): Why | undefined {
  const { problem, allocation, f, candidate } = given
  const against = allocation.placed.filter(({ candidate: other }) => problem.excluded[f]!.includes(other))
  const clash = (place: number) => against.some((other) => problem.beside[place]![other.place])
  if (!placesFor(given).every(clash)) return undefined
  const names = listZh(
    against.map(({ candidate: other }) => problem.candidates[other]!.spec.zh),
    '项',
  )
  const reason = `${candidate.spec.zh}不应与${names}相邻设置，适宜的房间与其同处一层，本次不设置。`
  return { rule: 'not_beside', reason, mark: candidate.spec.mark }
}

/** The rivals: those who hold the places that this function could have had, other services first. */
function rivalWhy(given: Case): Why {
  const { problem, allocation, candidate, input } = given
  const places = placesFor(given)
  const zh = (each: Placed) => problem.candidates[each.candidate]!
  const holders = allocation.placed.filter((each) => places.includes(each.place))
  const rivals = holders.filter((each) => zh(each).service !== candidate.service)
  const named = rivals.length > 0 ? rivals : holders
  const same = holders.find((each) => zh(each).service === candidate.service)
  const where = whereZh(problem.places[places[0]!]!.site, problem.places[places[0]!]!.room)
  const fitting = places.length === 1 ? where : `适合的${places.length}处空间`
  if (named.length === 0) {
    const reason = `${candidate.spec.zh}宜设在${candidate.spec.prefers === 'quiet' ? '安静的房间' : '首层'}，现有空间不符合，留待实施时再定。`
    return { rule: 'rival', reason, mark: candidate.spec.mark }
  }
  const ahead = listZh(
    named.map((each) => zh(each).spec.zh),
    '项',
  )
  const own = same ? `同一服务已安排${zh(same).spec.zh}；` : ''
  const reason = `${own}${candidate.service.zh}${priorityZh(input.pir)}，${fitting}已先安排${ahead}，本次不再设置。`
  return { rule: 'rival', reason, mark: null }
}

/** The need was there, and another function of the same service already takes it. */
function servedWhy({ problem, allocation, candidate }: Case): Why {
  const same = allocation.placed.filter(
    ({ candidate: other }) => problem.candidates[other]!.service === candidate.service,
  )
  const names = listZh(
    same.map(({ candidate: other }) => problem.candidates[other]!.spec.zh),
    '项',
  )
  const reason = `${candidate.service.zh}需求已由本次安排的${names}承担，余下需求不足以支持再设${candidate.spec.zh}。`
  return { rule: 'rival', reason, mark: null }
}

const noDataWhy = ({ service }: Candidate): Why => ({
  rule: 'no_data',
  reason: `本次调查没有${service.zh}的需求数据，暂不提出设置建议。`,
  mark: null,
})

function outWhy(given: Case): Why {
  const { problem, allocation, f, candidate, input } = given
  if (isCovered(input)) return supplyWhy(given)
  const unmet = expectedUnmet(input)
  if (unmet === null) return noDataWhy(candidate)
  if (!worthwhile(candidate, unmet)) return noNeedWhy(given)
  if (problem.sites.length === 0) {
    return { rule: 'no_site', reason: `本社区尚无可用点位，${candidate.spec.zh}暂无处设置。`, mark: null }
  }
  if (problem.cost[f]!.every((cost) => cost === null)) return brokenWhy(given)
  const same = allocation.placed.some((each) => problem.candidates[each.candidate]!.service === candidate.service)
  if (same && !worthwhile(candidate, allocation.after.get(input.service) ?? 0)) return servedWhy(given)
  return besideWhy(given) ?? rivalWhy(given)
}

function hoursZh({ problem, allocation }: Pick<Case, 'problem' | 'allocation'>, placed: Placed): string {
  if (placed.slot === 'all') return ''
  const sharing = allocation.placed.filter(
    (other) => other !== placed && other.place === placed.place && other.slot !== 'all',
  )
  const names = listZh(
    sharing.map(({ candidate }) => problem.candidates[candidate]!.spec.zh),
    '项',
  )
  return names ? `，${slotZh(placed.slot)}时段使用，与${names}错时共用` : `，主要在${slotZh(placed.slot)}时段使用`
}

function inWhy(
  given: Omit<Case, 'input'> & { input: ServiceInput | undefined },
  placed: Placed,
  required: boolean,
): Why {
  const { problem, allocation, candidate, input } = given
  const { spec, service } = candidate
  const { site, room } = problem.places[placed.place]!
  const where = `拟设于${whereZh(site, room)}，使用面积${metres(placed.areaM2)}${hoursZh(given, placed)}`
  const unmet = allocation.before.get(service.code) ?? 0
  const area = spec.min_area_m2 ? `，符合不小于${metres(spec.min_area_m2)}的面积要求` : ''
  const served = placed.serves > 0 ? `，可服务${about(placed.serves, service)}` : ''
  const supply = (input?.capacity ?? 0) > 0 ? '扣除服务半径内可用的公共设施后，' : ''
  const why = required
    ? '按照决议要求设置'
    : `${service.zh}${priorityZh(input?.pir ?? null)}，${supply}尚有${about(unmet ?? 0, service)}的需求未得到满足`
  return { rule: required ? 'required' : 'serves', reason: `${why}；${where}${area}${served}。`, mark: spec.mark }
}

/** Why each function of the catalogue is in or out: by which rule, which supply or which rival. In the order of the catalogue. */
export function decisions(
  problem: Problem,
  services: ServiceInput[],
  allocation: Allocation,
  required: string[],
  stays: Map<string, number> | null,
): Decision[] {
  const inputs = new Map(services.map((input) => [input.service, input]))
  return problem.candidates.map((candidate, f) => {
    const placed = allocation.placed.find((each) => each.candidate === f)
    const input = inputs.get(candidate.service.code)
    const given = { problem, allocation, f, candidate }
    const isRequired = required.includes(candidate.spec.code)
    const why = placed
      ? inWhy({ ...given, input }, placed, isRequired)
      : input
        ? outWhy({ ...given, input })
        : noDataWhy(candidate)
    const { code } = candidate.spec
    return { function: code, service: candidate.service.code, in: !!placed, ...why, stays: stays?.get(code) ?? null }
  })
}
