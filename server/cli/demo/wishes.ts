import type { Cost, Kind } from '../../../shared/wishes/kinds.ts'

/** Small wishes as couriers and residents might have them. All of them are invented. */

export const station = { name: '解放路骑手驿站（演示）' }

export const sponsors = ['青禾物业（演示）', '城南供销超市（演示）'] as const

interface Told {
  kind: Kind
  text: string
  cost: Cost
  /** Of the communities of the demo district, which one. */
  at: number
  words?: string
  service?: string
  hardship?: boolean
  supporters?: number
  /** How far it has come. */
  come: 'submitted' | 'open' | 'claimed' | 'delivered' | 'fulfilled'
  done?: { note: string; thanks: string; rating: number }
}

export const wishes: Told[] = [
  {
    kind: 'place',
    text: '午高峰以后想有个能坐一会儿、接热水、给手机充电的地方。',
    words: '菜场到地铁口这一段路',
    service: 'household_services',
    ...{ cost: 'under-500', at: 0, supporters: 23, come: 'open' },
  },
  {
    kind: 'place',
    text: '楼栋号太难找了，想在小区门口立一张看得清的平面图。',
    words: '社区东门和北门',
    ...{ cost: 'under-500', at: 0, supporters: 17, come: 'claimed' },
  },
  {
    kind: 'company',
    text: '爸爸天天跑单，想有人周末带三个孩子去一次游乐园。',
    ...{ cost: 'over-500', at: 0, hardship: true, supporters: 4, come: 'fulfilled' },
    done: {
      note: '周六带三个孩子去了城市乐园，玩了一天，晚上平安送回家。',
      thanks: '孩子们高兴坏了，谢谢你们！',
      rating: 5,
    },
  },
  {
    kind: 'goods',
    text: '想要一顶大一点的冬季头盔，旧的扣带断了。',
    ...{ cost: 'under-100', at: 1, supporters: 2, come: 'fulfilled' },
    done: { note: '送去了合适尺码的头盔，当面试戴。', thanks: '很合适，谢谢。', rating: 5 },
  },
  { kind: 'service', text: '电动车刹车有点软，想请师傅帮忙检修一次。', cost: 'under-100', at: 1, come: 'delivered' },
  {
    kind: 'service',
    text: '手机用得不熟，想有人教一教怎么在网上预约挂号。',
    ...{ cost: 'none', at: 2, supporters: 6, come: 'open' },
  },
  { kind: 'goods', text: '想要一个能保温一整天的水杯。', cost: 'under-100', at: 2, supporters: 1, come: 'open' },
  {
    kind: 'place',
    text: '晚上送单，巷子里有一段没有路灯，想装一盏灯。',
    words: '北巷转弯处',
    ...{ cost: 'over-500', at: 2, supporters: 9, come: 'open' },
  },
  {
    kind: 'company',
    text: '一个人住，想每周有人来陪着说说话、下下棋。',
    ...{ cost: 'none', at: 3, hardship: true, supporters: 3, come: 'open' },
  },
  { kind: 'goods', text: '想给孩子要几本三年级的课外书。', cost: 'under-100', at: 3, come: 'submitted' },
  { kind: 'service', text: '想约个时间理发，收工太晚，店都关门了。', cost: 'under-100', at: 0, come: 'submitted' },
]
