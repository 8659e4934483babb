import type { Source } from '../../shared/document.ts'
import type { SourceWords } from '../kit/figure.tsx'

const steps: Record<string, string> = {
  attendance: '到会情况',
  roster: '应到人数',
  all: '合计',
  fromRoster: '名单内到会',
  others: '名单外到会',
  phone: '手机',
  seat: '座位卡',
  left: '离场人数',
  agreed: '同意列名的人数',
  unnamed: '只计人数的人数',
  agenda: '议程',
  spent: '用时（分钟）',
  said: '意见条数',
  asked: '表决项数',
  byPhone: '手机提交',
  byDesk: '现场记录',
  taken: '列入纪要的条数',
  merged: '并入他条的条数',
  rejected: '未采用的条数',
  waiting: '尚未审核的条数',
  themes: '按方面归类',
  questions: '表决',
  outcome: '结果',
  results: '各项',
  byChannel: '按方式',
  hands: '举手（另列）',
  agree: '赞成',
  disagree: '反对',
  pass: '弃权',
  points: '合计',
  voted: '投票人数',
  needed: '法定人数',
  present: '到会人数',
  percent: '法定比例（%）',
  groups: '意见群体的人数',
  grouped: '意见群体的个数',
}

/** Where a number in minutes comes from, in words. */
export function minutesSourceWords({ path, inputs }: Source): SourceWords {
  const words = path.map((step) => (typeof step === 'number' ? `第${step + 1}项` : (steps[step] ?? step)))
  return { path: ['议事记录', ...words], inputs: inputs.map((code) => ({ text: '这次议事会的记录', code })) }
}
