import type { Block, Cell } from '../../document.ts'
import type { Facts } from '../facts.ts'
import type { Teller } from '../figures.ts'
import { fireWords } from '../words.ts'
import type { World } from '../world.ts'
import { right } from './columns.ts'

/** 场地条件: the rooms of this site, and the sister sites of the community. */
export function sitesSection(facts: Facts, world: World, { figure, told }: Teller): Block[] {
  const s = facts.sites.findIndex(({ code }) => code === facts.site)
  const site = facts.sites[s]
  const outdoor =
    site.outdoorM2 > 0 ? ['，室外场地', figure('area', 'sites', s, 'outdoorM2'), '平方米'] : ['，没有室外场地']
  return [
    { kind: 'heading', level: 1, text: '场地条件' },
    {
      kind: 'paragraph',
      text: [
        `本点位为${site.name}${site.formerUse && site.formerUse !== site.name ? `（原用途：${site.formerUse}）` : ''}，共`,
        figure('count', 'sites', s, 'roomCount'),
        '间，室内面积',
        figure('area', 'sites', s, 'indoorM2'),
        '平方米',
        ...outdoor,
        `；耐火等级${fireWords[site.fireClass]}，${site.highRise ? '位于高层建筑内' : '不在高层建筑内'}。`,
      ],
    },
    {
      kind: 'table',
      code: 'rooms',
      caption: '各房间条件',
      columns: [
        { title: '房间' },
        right('楼层'),
        right('面积（平方米）', 1.5),
        right('安全出口（个）', 1.5),
        { title: '上下水' },
        { title: '排油烟' },
        { title: '安静' },
      ],
      rows: site.rooms.map((room, r): Cell[] => [
        room.code,
        figure('count', 'sites', s, 'rooms', r, 'floor'),
        figure('area', 'sites', s, 'rooms', r, 'areaM2'),
        figure('count', 'sites', s, 'rooms', r, 'exits'),
        room.water ? '有' : '无',
        room.exhaust ? '有' : '无',
        room.quiet ? '是' : '—',
      ]),
    },
    ...sisterSites(facts, s, figure),
    { kind: 'heading', level: 2, text: '与建设标准对照' },
    {
      kind: 'table',
      code: 'standards',
      caption: '与建设标准对照（与需求分开核对）',
      columns: [
        { title: '标准', width: 2 },
        { title: '结果', width: 1 },
        { title: '说明', width: 4 },
        { title: '来源', width: 2.4 },
      ],
      rows: world.standards.map(({ zh, met, text, mark }): Cell[] => [
        zh,
        met === null ? '无法判断' : met ? '达到' : '未达到',
        told(text),
        world.marks(mark),
      ]),
    },
  ]
}

function sisterSites(facts: Facts, own: number, figure: Teller['figure']): Block[] {
  const others = facts.sites.flatMap((site, i) => (i === own ? [] : [{ site, i }]))
  if (!others.length) return []
  return [
    {
      kind: 'paragraph',
      text: [
        '本社区另有点位：',
        ...others.flatMap(({ site, i }, k) => [
          `${k ? '；' : ''}${site.name}，室内`,
          figure('area', 'sites', i, 'indoorM2'),
          '平方米、室外',
          figure('area', 'sites', i, 'outdoorM2'),
          '平方米',
        ]),
        '。各点位的功能统一安排，不重复建设。',
      ],
    },
  ]
}
