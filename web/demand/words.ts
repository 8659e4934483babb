export const channelNames: Record<string, string> = { online: '线上', visit: '入户', paper: '纸质', meeting: '会场' }
export const levelNames: Record<string, string> = { high: '高', medium: '中', low: '低' }

const digits = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十']

/** 第一档: services of one tier cannot be told apart. */
export function tierName(tier: number): string {
  if (tier <= 10) return `第${digits[tier]}档`
  return `第${tier < 20 ? `十${digits[tier - 10]}` : tier}档`
}

const reasons: Record<string, string> = {
  'age:14-17': '14–17岁',
  'age:unstated': '没有说明年龄',
  'age:missing': '没有回答年龄',
  'sex:unstated': '没有说明性别',
  'sex:missing': '没有回答性别',
  'residence:elsewhere': '不住在本社区',
  'residence:missing': '没有说明是否住在本社区',
  'children:missing': '没有回答家中是否有孩子',
}

/** Why answers count in the total and not in the shares. */
export const outsideReason = (code: string): string => reasons[code] ?? code
