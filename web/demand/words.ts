/** What each share of a service is called. */
export const kindNames = { need: '需求率', unmet: '未满足率', top: '最盼望率' } as const
export type Kind = keyof typeof kindNames

export const levelNames: Record<string, string> = { high: '高', medium: '中', low: '低' }

const digits = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十']

/** 第一档: services of one tier cannot be told apart. */
export function tierName(tier: number): string {
  if (tier <= 10) return `第${digits[tier]}档`
  return `第${tier < 20 ? `十${digits[tier - 10]}` : tier}档`
}
