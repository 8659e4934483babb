import type { Gap } from '../../demand/api.ts'
import { unionCode } from '../../demand/bases.ts'
import { type Block, type Cell, type Column, type Sentence, told } from '../../document.ts'
import { unitOf } from '../../sites/wording.ts'
import type { Facts } from '../facts.ts'
import type { Teller } from '../figures.ts'
import { listed } from '../words.ts'
import type { World } from '../world.ts'
import { right } from './columns.ts'
import { olderNote } from './older.ts'
import { twin } from './twin.ts'

/** 现有设施与缺口: what stands within reach, whom it serves, and what is still missing. */
export function gapsSection(facts: Facts, world: World, tell: Teller): Block[] {
  const rows = world.demand.services.flatMap(({ service, gap }, i) => (gap ? [{ service, gap, i }] : []))
  return [
    { kind: 'heading', level: 1, text: '现有设施与缺口' },
    { kind: 'paragraph', text: supplySentence(facts) },
    ...(facts.facilities.length ? [facilitiesTable(facts, world, tell)] : []),
    { kind: 'paragraph', text: gapSentence(world, rows, tell) },
    gapTable(facts, world, rows, tell),
    ...gapChart(world, rows, tell),
  ]
}

type Row = { service: string; gap: Gap; i: number }

function supplySentence({ facilities }: Facts): Sentence {
  if (!facilities.length) return ['设施台账中，本社区服务半径内没有登记设施。']
  return [
    '服务半径内的设施列于下表。能力由周边小区按户数分摊，只计分摊到本社区的部分；公办且可以使用的设施抵减缺口，民办设施列在需求旁供参考，不抵减缺口。',
  ]
}

function facilitiesTable(facts: Facts, world: World, { figure }: Teller): Block {
  return {
    kind: 'table',
    code: 'facilities',
    caption: '服务半径内的现有设施',
    columns: [
      { title: '设施', width: 2.4 },
      { title: '服务', width: 1.4 },
      { title: '性质' },
      { title: '能否使用' },
      right('可服务'),
      right('分摊到本社区', 1.3),
      right('最近距离（米）', 1.3),
    ],
    rows: world.facilities.map((row, i): Cell[] => [
      row.name,
      world.words(row.service),
      row.isPublic ? '公办' : '民办',
      row.usable ? '可以' : '不能',
      figure('count', 'facilities', i, 'capacity'),
      figure('count', 'facilities', i, 'share'),
      figure('count', 'facilities', i, 'distanceM'),
    ]),
    note: [
      facts.facilities.some(({ capacity }) => capacity === null)
        ? '可服务人数以设施台账为准；没有登记的，按面积与单位面积服务人数估算，该指标尚待核实。'
        : '可服务人数以设施台账为准；面向孩子的服务按户计，其余按人计。',
    ],
  }
}

function gapSentence(world: World, rows: Row[], { figure, range }: Teller): Sentence {
  const known = rows.filter(({ gap }) => gap.gap !== null)
  if (!known.length) {
    return [world.silent ? '参加统计的答卷较少，各项服务的需求率和缺口暂不公开。' : '现有答卷还不足以估算缺口。']
  }
  const needed = known.filter(({ gap }) => gap.need.p !== 0)
  const short = needed.filter(({ gap }) => gap.gap! > 0).sort((a, b) => b.gap.gap! - a.gap.gap!)
  const told = short.slice(0, 3).map(({ service, gap, i }, k): Sentence => {
    const path = ['services', i, 'gap'] as const
    return [
      k ? '' : '缺口较大的依次是',
      world.words(service),
      figure('count', 'demand', ...path, 'gap'),
      `${unitOf(gap.concerned)}（`,
      ...range('count', [...path, 'low'], [...path, 'high'], 'demand'),
      '）',
    ]
  })
  const names = (some: Row[]) => listed(some.map(({ service }) => world.words(service)))
  const even = needed.filter(({ gap }) => gap.gap! <= 0)
  const unwanted = known.filter(({ gap }) => gap.need.p === 0)
  const others = [
    ...(even.length ? [`${names(even)}的现有公共设施能力已能覆盖需求`] : []),
    ...(unwanted.length
      ? [`服务对象中没有人表示需要${names(unwanted)}，${unwanted.length > 1 ? '这些服务' : '该项服务'}暂不计缺口`]
      : []),
  ]
  const largest = told.flatMap((sentence, k) => [k ? '，' : '', ...sentence])
  return [...largest, `${largest.length && others.length ? '；' : ''}${others.join('；')}。`]
}

function gapTable(facts: Facts, world: World, rows: Row[], { figure, range }: Teller): Block {
  // Where nothing is known of any need, columns for it would stand empty.
  const isKnown = rows.some(({ gap }) => gap.gap !== null || gap.need.range)
  const onlyKnown = (columns: Column[]) => (isKnown ? columns : [])
  const told = rows.map(({ service, gap }) => ({ name: world.words(service), part: unionCode(gap.concerned) }))
  return {
    kind: 'table',
    code: 'gaps',
    caption: isKnown ? '各项服务的缺口（需求人数减去可用公共设施能力）' : '各项服务的对象与现有设施能力',
    columns: [
      { title: '服务', width: 1.6 },
      { title: '服务对象', width: 2 },
      right('对象数'),
      ...onlyKnown([right('对象中的需求率', 1.3)]),
      right('公共设施能力', 1.2),
      right('民办设施能力', 1.2),
      ...onlyKnown([right('缺口'), right('区间', 1.6)]),
    ],
    rows: rows.map(({ service, gap, i }): Cell[] => {
      const path = ['services', i, 'gap'] as const
      const cell = (name: string) => figure('count', 'demand', ...path, name)
      const ends = range('count', [...path, 'low'], [...path, 'high'], 'demand')
      return [
        world.words(service),
        `${gap.concerned.map((group) => (group === 'all' ? '全体居民' : world.words(group))).join('、')}（${unitOf(gap.concerned)}）`,
        cell('population'),
        ...(isKnown ? [figure('share', 'demand', ...path, 'need', 'p')] : []),
        cell('capacity'),
        cell('privateCapacity'),
        ...(isKnown ? [cell('gap'), ends] : []),
      ]
    }),
    ...(isKnown && {
      note: ['缺口为负表示现有公共设施能力多于需求。', ...olderNote(facts, told, (names) => `${names}的需求率和缺口`)],
    }),
  }
}

function gapChart(world: World, rows: Row[], { figure, range }: Teller): Block[] {
  const known = rows.filter(({ gap }) => gap.gap !== null)
  if (known.every(({ gap }) => gap.need.p === 0)) return []
  const label = ({ service, gap }: Row) => `${world.words(service)}（${unitOf(gap.concerned)}）`
  const cell = ({ i }: Row): Cell => {
    const path = ['services', i, 'gap'] as const
    const ends = range('count', [...path, 'low'], [...path, 'high'], 'demand')
    return told`${figure('count', 'demand', ...path, 'gap')}（${ends}）`
  }
  return [
    {
      kind: 'chart',
      code: 'gaps-chart',
      caption: '各项服务的缺口',
      chart: {
        type: 'bar',
        unit: 'count',
        labels: known.map(label),
        series: [
          {
            name: '缺口',
            values: known.map(({ gap }) => gap.gap),
            low: known.map(({ gap }) => gap.low),
            high: known.map(({ gap }) => gap.high),
          },
        ],
      },
      table: twin(
        ['缺口'],
        known.map((row) => [label(row), cell(row)]),
      ),
    },
  ]
}
