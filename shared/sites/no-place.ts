import { type Sentence, told } from '../document.ts'
import type { Room, Site } from '../places/api.ts'
import { clause, foundIn } from './breaches.ts'
import type { Case, Why } from './case.ts'
import { areaOf, leastArea, ofRoom } from './figures.ts'
import type { Problem } from './problem.ts'
import type { Rule } from './rules.ts'
import { floorZh, metres, oneByOne, whereZh } from './wording.ts'

interface Found {
  site: Site
  room: Room
}

/** Subject of a sentence about all sites: one site is 本点位. */
const allSites = (problem: Problem) => (problem.sites.length === 1 ? '本点位' : '各点位')

const roomsOf = ({ places }: Problem): Found[] => places.flatMap(({ site, room }) => (room ? [{ site, room }] : []))

const most = (rooms: Found[], field: 'areaM2' | 'exits'): Found =>
  rooms.reduce((best, each) => (each.room[field] > best.room[field] ? each : best))

/** The floors that there are rooms on, each once; of more than three, the lowest and the highest. */
function floorsZh(rooms: Found[]): Sentence {
  const floors = [...new Map(rooms.map((each) => [each.room.floor, each])).values()]
  const zh = ({ site, room }: Found) => floorZh(site, room)
  if (floors.length <= 3) return oneByOne(floors.map(zh))
  const rising = floors.toSorted((a, b) => a.room.floor - b.room.floor)
  return told`${zh(rising[0]!)}至${zh(rising.at(-1)!)}`
}

/** What was found over all places for a rule that every one of them breaks. */
function bestFound(problem: Problem, rule: Rule): Sentence {
  const rooms = roomsOf(problem)
  const all = allSites(problem)
  if (rule.field === 'areaM2') {
    if (rule.op !== '>=') return [`${all}的房间均超过这一面积`]
    const { site, room } = most(rooms, 'areaM2')
    return told`${all}最大的一间为${metres(areaOf(site, room))}`
  }
  if (rule.field === 'floor') return told`${all}的房间位于${floorsZh(rooms)}`
  if (rule.field === 'exits') {
    const { site, room } = most(rooms, 'exits')
    return told`${all}的房间最多有${ofRoom(site, room, room.exits, 'exits')}个出口`
  }
  const has = rule.field === 'water' || rule.field === 'exhaust'
  return [has ? `${all}的房间均无此条件` : `${all}的房间均不符合`]
}

/** Rooms of one floor that would be large enough together; whether they touch is not in the data, so they are not counted as one. */
function joinable({ places }: Problem, lo: number): boolean {
  return places.some(({ site, room }) => {
    if (!room) return false
    const floor = site.rooms.filter((other) => other.floor === room.floor)
    return floor.length > 1 && floor.reduce((sum, other) => sum + other.areaM2, 0) >= lo
  })
}

function outdoorWhy({ problem, candidate }: Case): Why {
  const { spec } = candidate
  const all = allSites(problem)
  const [largest] = problem.sites.toSorted((a, b) => b.outdoorM2 - a.outdoorM2)
  const found = largest?.outdoorM2
    ? told`${all}最大的室外场地为${metres(areaOf(largest, null))}`
    : [`${all}没有室外场地`]
  const reason = told`${spec.zh}须设在室外，面积一般不小于${metres(leastArea(candidate))}，${found}，不能设置。`
  return { rule: 'outdoor', reason, mark: spec.mark }
}

/** Why no room or outdoor area may take the function: the rule that all of them break, or what the nearest one lacks. */
export function brokenWhy(given: Case): Why {
  const { problem, candidate, f } = given
  if (candidate.outdoors) return outdoorWhy(given)
  const inside = problem.places.flatMap(({ room }, place) => (room ? [problem.breaches[f]![place]!] : []))
  const everywhere = inside[0]?.find(({ rule }) => inside.every((found) => found.some((each) => each.rule === rule)))
  if (!everywhere) return nearestWhy(given)
  const { rule } = everywhere
  const text = clause(rule, candidate.spec.zh, problem.sites[0]!, bestFound(problem, rule))
  const isArea = rule.field === 'areaM2' && rule.op === '>='
  const joined = isArea && joinable(problem, candidate.lo) ? '；同层房间能否打通须经踏勘，未按合并面积计算' : ''
  return { rule: rule.code, reason: told`${text}${joined}，不能设置。`, mark: rule.source }
}

/** No rule is broken everywhere, but every room breaks one: tell it of the room that comes nearest. */
function nearestWhy({ problem, f, candidate: { spec } }: Case): Why {
  const nearest = problem.places
    .map((place, index) => ({ ...place, found: problem.breaches[f]![index]! }))
    .filter(({ room }) => room !== null)
    .sort((a, b) => a.found.length - b.found.length || b.areaM2 - a.areaM2)[0]
  if (!nearest) {
    return { rule: 'no_room', reason: [`${allSites(problem)}没有室内房间，${spec.zh}无处设置。`], mark: null }
  }
  const { site, room, found } = nearest
  const texts = found.flatMap((breach, k) => [
    k ? '；' : '',
    ...clause(breach.rule, spec.zh, site, foundIn(breach, site, room)),
  ])
  const { code, source } = found[0]!.rule
  const reason = told`没有一间房间同时符合${spec.zh}的各项条件，其中条件最接近的是${whereZh(site, room)}：${texts}。`
  return { rule: code, reason, mark: source }
}
