import type { DeskWish, Flag } from '../../shared/wishes/desk-api.ts'
import { costNames } from '../../shared/wishes/kinds.ts'
import type { Step } from '../../shared/wishes/states.ts'
import { dayOf, daysBetween, dayWords, today } from './days.ts'

const clock = new Intl.DateTimeFormat('zh-CN', {
  ...{ timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
})

/** A moment as the clocks in China show it: 11月22日 23:53. */
export const momentWords = (at: string): string => `${dayWords(dayOf(at))} ${clock.format(new Date(at))}`

/** 还剩 3 天, or 已过期 2 天. */
export function dueWords(dueOn: string): { text: string; tone: 'warn' | 'quiet' } {
  const left = daysBetween(today(), dueOn)
  if (left < 0) return { text: `已过期 ${-left} 天`, tone: 'warn' }
  if (left === 0) return { text: '今天到期', tone: 'warn' }
  return { text: `还剩 ${left} 天`, tone: left <= 2 ? 'warn' : 'quiet' }
}

/** What is to be known of a wish beside its words. */
export const factWords = ({ cost, where, neededBy }: Pick<DeskWish, 'cost' | 'where' | 'neededBy'>): string =>
  [where?.words, costNames[cost], neededBy && `希望${dayWords(neededBy)}前实现`].filter(Boolean).join(' · ')

export const flagNames: Record<Flag['kind'], string> = {
  phone: '疑似电话或账号',
  'id-number': '疑似证件号',
  abuse: '需留意的词',
  name: '疑似姓名或门牌',
}

export const stepNames: Record<Step | 'post', string> = {
  post: '提出',
  revise: '修改',
  approve: '审核通过',
  return: '请修改',
  reject: '不通过',
  merge: '并入另一个心愿',
  withdraw: '撤回',
  claim: '认领',
  assign: '交给单位办理',
  extend: '延期',
  release: '退回心愿墙',
  expire: '到期未办，自动退回心愿墙',
  deliver: '交办结凭证',
  confirm: '确认办到',
  dispute: '提出异议',
  reopen: '退回单位继续办',
  lapse: '过了希望实现的日期',
}

/** So many days, to a tenth; within a day the hours. */
export function daysWords(days: number | null): string {
  if (days === null) return '—'
  if (days >= 1) return `${Math.round(days * 10) / 10} 天`
  return days * 24 < 1 ? '不到 1 小时' : `${Math.round(days * 24)} 小时`
}
export const percent = (share: number | null): string => (share === null ? '—' : `${(share * 100).toFixed(1)}%`)

/** What is said often of a wish that cannot be shown. */
export const rejections = [
  '超出微心愿的范围，建议走社区议事会',
  '同样的事社区已经在办',
  '含有广告或者不文明的内容',
  '没有办法核实，请到社区当面说明',
]
