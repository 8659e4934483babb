import { type Block, type Cell, type Sentence, told } from '../../document.ts'
import { kindNames } from '../../wishes/kinds.ts'
import { stageNames, stages } from '../../wishes/wished.ts'
import type { Facts } from '../facts.ts'
import type { Teller } from '../figures.ts'
import type { WishFigures } from '../wishes.ts'
import { dateInWords } from '../words.ts'
import type { World } from '../world.ts'
import { right } from './columns.ts'
import { countedWith } from './counted.ts'

/** 微心愿与新就业群体: what couriers and residents wished for, and what came of it. Beside the survey, never added to it. */
export function wishesSection(facts: Facts, world: World, tell: Teller): Block[] {
  const { wish } = world
  if (!wish) return []
  return [
    { kind: 'heading', level: 2, text: '微心愿与新就业群体' },
    { kind: 'paragraph', text: [...summary(facts, wish, tell), ...fulfilled(wish, tell)] },
    kindTable(wish, tell),
    ...placeBlocks(world, wish, tell),
  ]
}

function summary({ community, composedAt }: Facts, { atStations }: WishFigures, tell: Teller): Sentence {
  const count = (...path: string[]) => tell.figure('count', 'wish', ...path, 'n')
  const asOf = dateInWords(composedAt)
  const scanned = atStations && countedWith(tell, 'wish', 'people')(atStations, 'atStations')
  return told`快递员、外卖骑手等新就业群体和居民写下微心愿，共建单位认领办理。截至${asOf}，${community.name}审核通过微心愿${count('all', 'all')}个，其中待认领${count('all', 'open')}个、办理中${count('all', 'held')}个、已办结${count('all', 'fulfilled')}个${scanned ? told`；在骑手驿站扫码提出的${scanned}个` : ''}。`
}

/** By whom. */
function fulfilled({ sponsors, others }: WishFigures, tell: Teller): Sentence {
  if (sponsors.length === 0) return []
  const each = sponsors.flatMap(({ code }, at): Sentence => {
    return told`${at > 0 ? '、' : ''}${code}办结${tell.figure('count', 'wish', 'sponsors', code, 'n')}个`
  })
  const rest = (of: string) => tell.figure('count', 'wish', 'others', of)
  return told`已办结的，${each}${others ? told`，其余${rest('sponsors')}家单位办结${rest('n')}个` : ''}。`
}

function kindTable({ kinds }: WishFigures, tell: Teller): Block {
  const columns = [...stages, 'all'] as const
  return {
    kind: 'table',
    code: 'wish-kinds',
    caption: '微心愿，按类别和办理情况',
    columns: [{ title: '类别', width: 2 }, ...stages.map((stage) => right(stageNames[stage])), right('合计')],
    rows: kinds.map(({ code }): Cell[] => [
      kindNames[code],
      ...columns.map((stage) => tell.figure('count', 'wish', 'kinds', code, stage, 'n')),
    ]),
  }
}

function placeBlocks(world: World, { places, more }: WishFigures, tell: Teller): Block[] {
  if (places.length === 0) return [{ kind: 'paragraph', text: ['目前没有场所类的微心愿，各项服务的需求以问卷为准。'] }]
  const people = countedWith(tell, 'wish', 'people')
  const left = more ? told`表中列出人数最多的，另有${tell.figure('count', 'wish', 'more', 'n')}个见心愿台账。` : []
  return [
    {
      kind: 'table',
      code: 'wishes',
      caption: '场所类微心愿',
      columns: [
        right('编号', 0.8),
        { title: '心愿', width: 4 },
        { title: '位置', width: 2 },
        right('人数', 1),
        { title: '相关服务', width: 1.6 },
        { title: '办理情况', width: 1.2 },
      ],
      rows: places.map((place): Cell[] => [
        tell.figure('exact', 'wish', 'places', place.code, 'number'),
        place.text ?? '（许愿人未同意公开）',
        place.where ?? '—',
        people(place, 'places', place.code),
        place.service ? world.words(place.service) : '—',
        stageNames[place.stage],
      ]),
      note: [
        ...left,
        '人数是许愿的人和点“我也想”的人，一个心愿每人只计一次。许愿的人不能代表全体居民：这些数字列在问卷的份额旁边，不加权，也不与份额相加，不改变建设清单的取舍。',
      ],
    },
  ]
}
