import type { Block, Cell } from '../../document.ts'
import type { Decision } from '../../sites/api.ts'
import { slotZh } from '../../sites/wording.ts'
import type { Facts } from '../facts.ts'
import type { Teller } from '../figures.ts'
import type { World } from '../world.ts'

/** 功能建议与理由: what this site should become, why, and what was left out and why. */
export function programmeSection(facts: Facts, world: World, { figure }: Teller): Block[] {
  const { placements, decisions, resamples, says } = world.programme
  const here = placements.flatMap((placement, i) => (placement.site === facts.site ? [{ placement, i }] : []))
  const inside = new Set(here.map(({ placement }) => placement.function))
  const chosen = decisions.flatMap((decision, i) => (inside.has(decision.function) ? [{ decision, i }] : []))
  const left = decisions.filter((decision) => !decision.in)
  return [
    { kind: 'heading', level: 1, text: '功能建议与理由' },
    { kind: 'heading', level: 2, text: '建设清单' },
    here.length
      ? placementTable(world, here, figure)
      : { kind: 'paragraph', text: ['按现有需求与场地条件，本点位暂不安排新的功能，可作为社区备用空间。理由见下文。'] },
    ...says.map(({ text }): Block => ({ kind: 'paragraph', text: [text] })),
    { kind: 'heading', level: 2, text: '列入的理由' },
    ...(chosen.length
      ? [
          {
            kind: 'list' as const,
            items: chosen.map(({ decision, i }) => [
              `${world.words(decision.function)}：${decision.reason}`,
              ...(decision.stays === null
                ? []
                : [
                    '在',
                    `${resamples}`,
                    '次需求数据重抽样中，有',
                    figure('count', 'programme', 'decisions', i, 'stays'),
                    '次仍列入。',
                  ]),
            ]),
          },
        ]
      : [{ kind: 'paragraph' as const, text: ['本点位没有列入的功能。'] }]),
    { kind: 'heading', level: 2, text: '未列入的功能' },
    {
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
        world.words(group[0].service),
        group[0].reason,
        group[0].mark ? world.marks(group[0].mark) : '—',
      ]),
    },
  ]
}

/** Functions of one service that are out for the very same reason are told once. */
function sameReason(left: Decision[]): Decision[][] {
  const groups = new Map<string, Decision[]>()
  for (const one of left) {
    const key = `${one.service} ${one.reason} ${one.mark}`
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  return [...groups.values()]
}

type Here = { placement: World['programme']['placements'][number]; i: number }

function placementTable(world: World, here: Here[], figure: Teller['figure']): Block {
  return {
    kind: 'table',
    code: 'programme',
    caption: '本点位建设清单',
    columns: [
      { title: '功能', width: 2 },
      { title: '服务', width: 1.4 },
      { title: '位置', width: 1.4 },
      { title: '时段' },
      { title: '面积（平方米）', align: 'right', width: 1.2 },
      { title: '可服务未满足需求', align: 'right', width: 1.4 },
    ],
    rows: here.map(({ placement, i }): Cell[] => [
      world.words(placement.function),
      world.words(placement.service),
      placement.room === null ? '室外' : `${placement.floor}层${placement.room}`,
      slotZh(placement.slot),
      placement.areaM2 === null ? '以设计为准' : figure('area', 'programme', 'placements', i, 'areaM2'),
      placement.serves === null ? '不公开' : figure('count', 'programme', 'placements', i, 'serves'),
    ]),
    note: ['面积为建议值，以实测和设计为准；各项功能的设计参数须由设计单位按现行规范核定。'],
  }
}
