import { createHash } from 'node:crypto'
import type { Choice } from '../../../shared/deliberations/kinds.ts'
import { uuid } from './answers.ts'
import type { Chance } from './chance.ts'

/** A meeting as it might have been held: who came, what was said, how it was voted. All of it is invented. */

export const meeting = {
  kind: 'forum',
  title: '养老与助餐需求座谈会',
  place: '社区党群服务中心二楼会议室',
  host: '社区书记',
  seats: 40,
  agenda: [
    { title: '通报问卷结果', kind: 'inform', minutes: 10 },
    { title: '请居民说说最要紧的需要', kind: 'gather', minutes: 40 },
    { title: '议一议一楼先做什么', kind: 'resolve', minutes: 20 },
  ],
} as const

/** Who came with a phone, and who with a seat card. */
export const PHONES = 16
export const SEATS = 26
/** People that were invited. */
export const ROSTER = 50

export const nameOf = (seat: number): string => `居民代表${seat}`

/** In the order in which it was said; `into` names the one that it repeats, by its place here. */
export const statements: { text: string; service: string | null; into?: number; agreed: number }[] = [
  { text: '食堂最好设在一楼，腿脚不好的老人也能自己去吃。', service: 'community_meals', agreed: 0.92 },
  { text: '中午有一顿热饭就够了，价钱在十二元上下能接受。', service: 'community_meals', agreed: 0.81 },
  { text: '希望有个白天能照看老人的地方，子女上班放心。', service: 'elder_care', agreed: 0.78 },
  { text: '一楼办个食堂吧，上下楼实在不方便。', service: 'community_meals', into: 0, agreed: 0 },
  { text: '孩子放学到家长下班之间没人管，盼着有托管。', service: 'after_school', agreed: 0.66 },
  { text: '量血压、拿常用药能在社区里办就好了。', service: 'health', agreed: 0.74 },
  { text: '老人白天没人照应，想要日间照料。', service: 'elder_care', into: 2, agreed: 0 },
  { text: '活动室晚上太吵，开到九点就请关门。', service: 'culture', agreed: 0.48 },
  { text: '电动车棚再加几个充电口。', service: null, agreed: 0.7 },
  { text: '修脚、理发、配钥匙的小摊子给留个位置。', service: 'household_services', agreed: 0.63 },
]

export const motion = { title: '腾退的一楼用房先办社区食堂', agreed: 0.76, against: 0.17 }

export const followUps = [
  {
    text: '请三家助餐单位来看一楼用房，提出供餐办法和价格',
    owner: '社区居委会',
    days: 21,
    statements: [0, 1],
    state: 'in-progress',
    outcome: null,
  },
  {
    text: '与物业核对车棚用电，给出能加几个充电口',
    owner: '小区物业',
    days: 10,
    statements: [8],
    state: 'done',
    outcome: '已核对，三号车棚加装六个充电口，月底前可用。',
  },
]

/** What is out for comments: a draft list of actions. */
export const consultation = {
  kind: 'consultation',
  title: '社区更新行动蓝图（征求意见稿）',
  days: 20,
  proposals: [
    { title: '沿街闲置商铺改作歇脚点', text: '约四十平方米，放座椅、饮水机和充电口，骑手和老人都可以进去歇一歇。' },
    { title: '中心花园加装扶手和夜灯', text: '从三号楼到菜场的坡道两侧加扶手，沿路补十二盏夜灯。' },
    { title: '活动室分时使用', text: '上午给老人，放学后给孩子，晚上开夜校，九点关门。' },
  ],
  comments: [
    {
      proposal: 0,
      text: '歇脚点希望早上六点就开门，早班骑手用得上。',
      answer: 'adopted',
      result: '采纳，改为早上六点开门。',
    },
    {
      proposal: 1,
      text: '扶手请做两道，高一道矮一道，孩子也扶得到。',
      answer: 'partly',
      result: '部分采纳：坡道最陡的一段做两道。',
    },
    { proposal: 2, text: '夜校能不能教用手机挂号？', answer: null, result: '' },
  ],
} as const

/** The same each time, so that a run that goes on finds what an earlier one has made. */
export function ticketOf(seed: string): string {
  return createHash('sha256').update(seed).digest('base64url')
}

export interface Person {
  id: string
  ticket: string
}

export const people = (dice: Chance, n: number, seed: string): Person[] =>
  Array.from({ length: n }, (_, i) => ({ id: uuid(dice), ticket: ticketOf(`${seed} ${i}`) }))

export function choiceOf(dice: Chance, agreed: number, against = (1 - agreed) / 2): Choice {
  return (['agree', 'disagree', 'pass'] as const)[dice.weighted([agreed, against, Math.max(0, 1 - agreed - against)])]!
}
