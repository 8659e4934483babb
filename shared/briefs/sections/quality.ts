import { ANSWERS } from '../../demand/movement.ts'
import { LEAST_WEIGHTED } from '../../demand/weigh.ts'
import { type Block, type Cell, type Figure, type Sentence, told } from '../../document.ts'
import type { Facts } from '../facts.ts'
import type { Teller } from '../figures.ts'
import { countedBefore } from '../publication.ts'
import { channelWords, dateInWords } from '../words.ts'
import type { World } from '../world.ts'
import { right } from './columns.ts'
import { silentSentence } from './needs.ts'
import { olderWords } from './older.ts'
import { reviewBlocks } from './reviewed.ts'

/** 调查情况与数据质量: how many answered, through which channels, and how far the figures may be relied on. */
export function qualitySection(facts: Facts, world: World, tell: Teller): Block[] {
  const heading: Block = { kind: 'heading', level: 1, text: '调查情况与数据质量' }
  if (world.silent) return [heading, { kind: 'paragraph', text: silentSentence(tell) }]
  return [heading, ...answersBlocks(facts, world, tell)]
}

function answersBlocks(facts: Facts, world: World, tell: Teller): Block[] {
  const { figure } = tell
  const { weights } = facts
  const count = (...path: (string | number)[]) => figure('count', 'responses', ...path)
  const { n, channels } = world.responses
  const asOf = askedWords(facts)
  if (n === 0) return [{ kind: 'paragraph', text: [`${asOf}还没有收到答卷。`] }]
  return [
    { kind: 'paragraph', text: answersSentence(facts, world, figure) },
    ...(channels.length > 0 ? [channelTable(world, count, figure)] : []),
    { kind: 'paragraph', text: outsideSentence(world, count) },
    ...reviewBlocks(facts, world, tell),
    { kind: 'paragraph', text: weightingSentence(world, figure, !!weights) },
    ...world.demand.weighting.merges.map((merge): Block => ({ kind: 'paragraph', text: [`${merge}。`] })),
    {
      kind: 'paragraph',
      text: [
        '居民自愿填答，不是随机抽样。文中的区间为95%置信区间，只反映抽样误差，不能代表没有填答的居民；相差在误差以内的服务归为同一档，不分先后。',
      ],
    },
  ]
}

const askedWords = ({ survey, answersAsOf }: Facts) =>
  `本次调查使用《${survey.title}》第${survey.version}版问卷${carriedWords(survey)}。截至${dateInWords(answersAsOf)}，本社区`

const carriedWords = ({ carried = [] }: Facts['survey']) =>
  carried.length > 0 ? `，同一轮第${[...carried].reverse().join('、')}版的答卷按题目的对应关系一并计入` : ''

/** How many answers there are; in a public edition it may have to be said as of an earlier day than how many take part. */
function answersSentence(facts: Facts, world: World, figure: Teller['figure']): Sentence {
  const { proxies, channels } = world.responses
  const count = (name: string) => figure('count', 'responses', name)
  const helped = proxies === null ? '' : told`，其中由家人或工作人员代填${count('proxies')}份`
  const listed = channels.length > 0 ? '各渠道份数见下表。' : ''
  const received = told`共收到有效答卷${count('n')}份${helped}`
  const before = countedBefore(facts, ANSWERS)
  if (!before) return told`${askedWords(facts)}${received}。${listed}`
  const inside = figure('count', 'demand', 'inside')
  return told`${askedWords(facts)}参加统计的答卷有${inside}份。答卷总数和来源截至${dateInWords(before)}，${received}，${olderWords}。${listed}`
}

type Count = (...path: (string | number)[]) => Figure

function channelTable(world: World, count: Count, figure: Teller['figure']): Block {
  return {
    kind: 'table',
    code: 'channels',
    caption: '答卷来源',
    columns: [{ title: '渠道', width: 2 }, right('答卷（份）'), right('占比')],
    rows: world.responses.channels.map(({ channel }, i): Cell[] => [
      channelWords[channel],
      count('channels', i, 'n'),
      figure('share', 'responses', 'channels', i, 'share'),
    ]),
  }
}

function outsideSentence(world: World, count: Count): Sentence {
  const { outside, allInside } = world.responses
  if (allInside) return ['全部答卷都参加了统计。']
  if (!outside.length) return ['另有个别答卷不参加统计，份数不公开。']
  const parts = outside.flatMap(({ words }, i): Sentence => [i ? '，' : '', words, count('outside', i, 'n'), '份'])
  return ['其中部分答卷计入总数、如实列出，但不参加加权：', ...parts, '。']
}

function weightingSentence({ demand }: World, figure: Teller['figure'], together: boolean): Sentence {
  const { weighted, reason, margins, converged } = demand.weighting
  if (!weighted && !together && demand.inside < LEAST_WEIGHTED) {
    const least = figure('count', 'methods', 'leastWeighted')
    return told`答卷${figure('count', 'demand', 'inside')}份，不足${least}份，未加权。`
  }
  if (!weighted) return [`${reason ?? '本社区答卷没有加权'}。`]
  return [
    `为使答卷的构成与社区概况一致，按${margins.join('、')}逐项迭代加权，经`,
    figure('count', 'demand', 'weighting', 'passes'),
    `${converged ? '轮收敛' : '轮后仍未完全收敛，结果仅供参考'}，最大权重为平均值的`,
    figure('decimal', 'demand', 'weighting', 'largest'),
    '倍。设计效应为',
    figure('decimal', 'demand', 'weighting', 'deff'),
    '，相当于',
    figure('count', 'demand', 'weighting', 'effectiveN'),
    '份等权答卷。',
  ]
}
