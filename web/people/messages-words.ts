import type { FailedMessage } from '../../shared/people/notices-api.ts'

const purposes: Record<string, string> = { 'sign-in-code': '登录验证码' }

export const purposeWords = (purpose: string): string => purposes[purpose] ?? purpose

export const messageStatuses: Record<FailedMessage['status'], string> = {
  waiting: '还会自动再试',
  failed: '已停止自动重试',
  expired: '已过期，不再发送',
}

const problems: Record<string, string> = {
  timeout: '短信服务没有及时回应',
  redirected: '短信服务转到了别的地址',
  late: '轮到发送时已经过期',
  ECONNREFUSED: '连不上短信服务',
  ENOTFOUND: '找不到短信服务的地址',
}

/** Why a message was not accepted. */
export function problemWords(problem: string): string {
  const status = /^http_(\d+)$/.exec(problem)?.[1]
  return status ? `短信服务没有接收（HTTP ${status}）` : (problems[problem] ?? `没有发送成功（${problem}）`)
}
