import { type Block, type Cell, type Sentence, spoken, told } from '../../document.ts'
import type { Site } from '../../places/api.ts'
import type { Decision, Placement } from '../../sites/api.ts'
import { floorZh, slotZh } from '../../sites/wording.ts'
import type { Facts } from '../facts.ts'
import type { Teller } from '../figures.ts'
import { isSilent } from '../publication.ts'
import type { World } from '../world.ts'
import { right } from './columns.ts'

/** 功能建议与理由: what this site should become, why, and what was left out and why. */
export function programmeSection(facts: Facts, world: World, tell: Teller): Block[] {
  const { placements, decisions, says } = world.programme
  const here = placements.filter((placement) => placement.site === facts.site)
  const inside = new Set(here.map((placement) => placement.function))
  const chosen = decisions.filter((decision) => inside.has(decision.function))
  const left = decisions.filter((decision) => !decision.in)
  return [
    { kind: 'heading', level: 1, text: '功能建议与理由' },
    { kind: 'heading', level: 2, text: '建设清单' },
    here.length
      ? placementTable(facts, world, here, tell)
      : { kind: 'paragraph', text: ['按现有需求与场地条件，本点位暂不安排新的功能，可作为社区备用空间。理由见下文。'] },
    ...says.map(({ text }): Block => ({ kind: 'paragraph', text: tell.told(text) })),
    { kind: 'heading', level: 2, text: '列入的理由' },
    chosen.length
      ? { kind: 'list', items: chosen.map((decision) => reasonSentence(world, decision, tell)) }
      : { kind: 'paragraph', text: ['本点位没有列入的功能。'] },
    { kind: 'heading', level: 2, text: '未列入的功能' },
    left.every(isSilent) ? { kind: 'paragraph', text: [untold(chosen.length > 0)] } : leftOutTable(world, left, tell),
  ]
}

const untold = (someIn: boolean) =>
  `${someIn ? '其余功能本次没有' : '各项功能本次都没有'}列入。相关答卷较少，逐项理由暂不公开，待收到更多答卷后再说明。`

function leftOutTable(world: World, left: Decision[], tell: Teller): Block {
  return {
    kind: 'table',
    code: 'left-out',
    caption: '未列入的功能及原因',
    columns: [
      { title: '功能', width: 1.6 },
      { title: '服务', width: 1.2 },
      { title: '原因', width: 4 },
      { title: '依据', width: 2 },
    ],
    rows: sameReason(left).map((group): Cell[] => [
      group.map((one) => world.words(one.function)).join('、'),
      [...new Set(group.map((one) => world.words(one.service)))].join('、'),
      tell.told(group[0].reason),
      group[0].mark ? world.marks(group[0].mark) : '—',
    ]),
  }
}

function reasonSentence(world: World, decision: Decision, { figure, told: why }: Teller): Sentence {
  const { function: code, reason, stays } = decision
  const words = told`${world.words(code)}：${why(reason)}`
  if (stays === null) return words
  const resamples = figure('count', 'programme', 'resamples')
  return told`${words}在${resamples}次需求数据重抽样中，有${figure('count', 'programme', 'decisions', code, 'stays')}次仍列入。`
}

/** Functions of one service that are out for the very same reason are told once, and so are all of which the reason is withheld. */
function sameReason(left: Decision[]): Decision[][] {
  const groups = new Map<string, Decision[]>()
  for (const one of left) {
    const key = isSilent(one) ? '' : `${one.service} ${spoken(one.reason)} ${one.mark}`
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  return [...groups.values()]
}

function placementTable({ sites }: Facts, world: World, here: Placement[], { figure, told: tell }: Teller): Block {
  return {
    kind: 'table',
    code: 'programme',
    caption: '本点位建设清单',
    columns: [
      { title: '功能', width: 2 },
      { title: '服务', width: 1.4 },
      { title: '位置', width: 1.4 },
      { title: '时段' },
      right('面积（平方米）', 1.2),
      right('可服务未满足需求', 1.4),
    ],
    rows: here.map((placement): Cell[] => {
      const { function: code, service, room, slot, areaM2, serves } = placement
      const path = ['placements', code] as const
      return [
        world.words(code),
        world.words(service),
        room ? told`${tell(floorOf(sites, placement))}${room}` : '室外',
        slotZh(slot),
        areaM2 === null ? '以设计为准' : figure('area', 'programme', ...path, 'areaM2'),
        serves === null ? '不公开' : figure('count', 'programme', ...path, 'serves'),
      ]
    }),
    note: ['面积为建议值，以实测和设计为准；各项功能的设计参数须由设计单位按现行规范核定。'],
  }
}

function floorOf(sites: Site[], { site: code, room: wanted }: Placement): Sentence {
  const site = sites.find((each) => each.code === code)!
  return floorZh(site, site.rooms.find((each) => each.code === wanted)!)
}
