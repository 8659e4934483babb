import { type Figure, type Sentence, told } from '../document.ts'
import type { Catalogue, Facility, Profile, Site } from '../places/api.ts'
import type { Placement, Programme } from './api.ts'
import { exact, limitOf } from './figures.ts'
import type { ServiceInput } from './inputs.ts'
import { isCovered } from './inputs.ts'
import { limitsOf, type PlanningRule } from './limits.ts'
import { metres } from './wording.ts'

type Standard = Programme['standards'][number]

interface Given {
  community: string
  catalogue: Catalogue
  sites: Site[]
  facilities: Facility[]
  profile: Profile
  services: ServiceInput[]
  placements: Placement[]
}

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)
const indoorM2 = (site: Site) => sum(site.rooms.map((room) => room.areaM2))

type Numbers = Partial<Pick<Standard, 'value' | 'before' | 'unknown' | 'priority'>>

function standard(
  { code, zh, mark }: PlanningRule,
  met: boolean | null,
  text: Sentence,
  numbers: Numbers = {},
): Standard {
  return { code, zh, met, value: null, before: null, unknown: null, priority: null, ...numbers, text, mark }
}

/** A number that stands behind one standard. */
const ofStandard = ({ code }: PlanningRule, value: number, name: keyof Numbers): Figure =>
  exact(value, 'standards', code, name)

/** Existing usable public facilities and the rooms of the programme, in m² per hundred households. Unknown areas may only add. */
function areaPer100(rule: PlanningRule, { community, facilities, profile, placements, sites }: Given): Standard {
  const counted = facilities.filter((each) => each.community === community && each.isPublic && each.usable)
  const unknown = counted.filter((facility) => facility.areaM2 === null).length
  const used = new Set(placements.flatMap(({ site, room }) => (room ? [`${site} ${room}`] : [])))
  const rooms = sites.flatMap((site) => site.rooms.filter((room) => used.has(`${site.code} ${room.code}`)))
  if (profile.households === 0) return standard(rule, null, ['社区户数不详，无法核算每百户设施面积。'])
  const now = sum(counted.map((facility) => facility.areaM2 ?? 0))
  const per = (areaM2: number) => (areaM2 / profile.households) * 100
  const before = per(now)
  const value = per(now + sum(rooms.map((room) => room.areaM2)))
  const met = value >= limitsOf(rule).least! ? true : unknown > 0 ? null : false
  const judged = met === null ? '暂不能判定是否达标' : met ? '达到标准' : '未达到标准'
  const areas = told`社区现有可用公共服务设施每百户${metres(ofStandard(rule, before, 'before'))}，本方案实施后为每百户${metres(ofStandard(rule, value, 'value'))}`
  const asked = told`标准为不小于${metres(limitOf(rule, 'least'))}，建议不小于${metres(limitOf(rule, 'advised'))}`
  const lack = unknown > 0 ? told`另有${ofStandard(rule, unknown, 'unknown')}处设施面积不详，未计入。` : ''
  return standard(rule, met, told`${areas}；${asked}，${judged}。${lack}`, { value, before, unknown })
}

const largest = (sites: Site[]) => [...sites].sort((a, b) => indoorM2(b) - indoorM2(a))[0]

function complexArea(rule: PlanningRule, { sites }: Given): Standard {
  const site = largest(sites)
  if (!site) return standard(rule, null, ['本社区尚无可用点位。'])
  const area = indoorM2(site)
  const met = area >= limitsOf(rule).least!
  const ask = told`综合体建筑面积不应小于${metres(limitOf(rule, 'least'))}，建议不小于${metres(limitOf(rule, 'advised'))}`
  const found = told`${site.name}室内面积最大，为${metres(exact(area, 'sites', site.code, 'indoorM2'))}`
  const end = met ? '具备建设综合体的条件' : '不具备建设综合体的条件，可采用插花式布点'
  return standard(rule, met, told`${ask}；${found}，${end}。`, { value: area })
}

function complexFunctions(rule: PlanningRule, { catalogue, sites, placements }: Given): Standard {
  const asked = catalogue.rules.find(({ code }) => code === 'complex_area')
  const site = largest(sites)
  if (!site || (asked && indoorM2(site) < limitsOf(asked).least!))
    return standard(rule, null, ['没有具备综合体条件的点位，本项不适用。'])
  const here = placements.filter((placement) => placement.site === site.code)
  const listed = catalogue.services.filter((service) => service.priority)
  const among = listed.filter((service) => here.some((placement) => placement.service === service.code))
  const value = new Set(here.map((placement) => placement.function)).size
  const limits = limitsOf(rule)
  const met = value >= limits.least! && among.length >= limits.priority!
  const names = among.length > 0 ? `（${among.map(({ zh }) => zh).join('、')}）` : ''
  const ask = told`综合体应有不少于${limitOf(rule, 'least')}项功能，其中至少包括${listed.map(({ zh }) => zh).join('、')}中的${limitOf(rule, 'priority')}项`
  const found = told`${site.name}安排功能${ofStandard(rule, value, 'value')}项，其中重点服务${ofStandard(rule, among.length, 'priority')}项${names}`
  const text = told`${ask}；${found}，${met ? '符合要求' : '不符合要求'}。`
  return standard(rule, met, text, { value, priority: among.length })
}

/** Scattered sites are allowed, but look first at the four priority services: each is placed, covered, or has said why not. */
function scattered(rule: PlanningRule, { catalogue, sites, services, placements }: Given): Standard {
  if (sites.length === 0) return standard(rule, null, ['本社区尚无可用点位。'])
  const priority = catalogue.services.filter((service) => service.priority && service.functions.length > 0)
  const placed = priority.filter((service) => placements.some((each) => each.service === service.code))
  const covered = priority.filter((service) =>
    services.some((each) => each.service === service.code && isCovered(each)),
  )
  const met = placed.length > 0 || covered.length === priority.length
  const parts = [
    placed.length > 0 ? `本方案安排了${placed.map(({ zh }) => zh).join('、')}` : '本方案未安排重点服务',
    ...(covered.length > 0 ? [`${covered.map(({ zh }) => zh).join('、')}已有公共设施覆盖`] : []),
  ]
  const text = `插花式布点应首先按居民需求在重点服务中选择；${parts.join('，')}，${met ? '符合要求' : '应在审定时说明理由'}。`
  return standard(rule, met, [text], { value: placed.length })
}

const checks: Record<string, (rule: PlanningRule, given: Given) => Standard> = {
  area_per_100_households: areaPer100,
  complex_area: complexArea,
  complex_functions: complexFunctions,
  scattered_sites: scattered,
}

/**
 * The standards as a check of their own: a community may meet them and still have unmet demand. `met` and `value` are null where data are missing or
 * the standard does not apply. Source: the rules of the district's catalogue, each with its mark.
 */
export function standardsOf(given: Given): Standard[] {
  return given.catalogue.rules.flatMap((rule) => checks[rule.code]?.(rule, given) ?? [])
}
