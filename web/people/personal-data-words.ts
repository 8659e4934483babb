import type { Erasure } from '../../shared/people/personal-data-api.ts'

/** What was erased, in words. */
export function erasedWords(erased: Erasure): string {
  const { accounts, anonymised, sessions, notices, messages, signInCodes } = erased
  const counted: [count: number, words: string][] = [
    [accounts, `居民或骑手账号 ${accounts} 个`],
    [anonymised, `工作人员账号 ${anonymised} 个（审计记录里只留编号）`],
    [sessions, `登录 ${sessions} 处`],
    [notices, `站内消息 ${notices} 条`],
    [messages, `短信 ${messages} 条`],
    [signInCodes, `没用过的验证码 ${signInCodes} 个`],
  ]
  const found = counted.filter(([count]) => count > 0).map(([, words]) => words)
  return found.length > 0 ? `已删除：${found.join('、')}。` : '本区没有这个手机号的个人信息，没有可以删除的。'
}

/** A number in the groups in which it is said, so that it is easily compared. */
export const inGroups = (phone: string): string => phone.replace(/^(...)(....)(....)$/, '$1 $2 $3')
