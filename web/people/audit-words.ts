import { type Grant, roleNames } from '../../shared/people/roles.ts'
import type { Description } from '../api/description.ts'
import { statusNames } from './people-words.ts'

/** Those who are no person with an account. */
export const actorNames: Record<string, string> = {
  key: '持工作密钥的人',
  local: '服务器本机',
  resident: '没有登录的人',
  nobody: '没有登录的人（登录失败）',
  system: '系统',
}

/** What is written down beside calls. */
export const verbNames: Record<string, string> = {
  'sign-in': '登录',
  'sign-in:password': '密码正确，等待动态口令',
  'sign-in:failed': '登录失败',
  'password:set': '设置密码',
  'second-factor:set': '设置动态口令',
}

/** Kinds of what an entry is about; those with a colon go on with which one. */
export const subjectNames: Record<string, string> = {
  'person:': '某个人的账号',
  people: '人员名单',
  audit: '审计记录',
  'sms-outbox': '待发箱',
  'sms:': '一条短信',
}

/** Names of everything that can be looked for: of calls that are not open to everybody, and of what stands beside calls. */
export function actionNames({ paths }: Description): Map<string, string> {
  const calls = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { summary, security }]) => {
      const url = path.replace(/\{(\w+)\}/g, ':$1')
      const isOpen = security !== undefined && security.length === 0
      return summary && !isOpen ? [[`${method.toUpperCase()} ${url}`, shortened(method, summary)] as const] : []
    }),
  )
  return new Map([...Object.entries(verbNames), ...calls])
}

/** A summary without what it adds; reading is said as such. */
function shortened(method: string, summary: string): string {
  const [words = summary] = summary.split(/[；：，（]/)
  const isReading = method === 'get' && !/^(查看|下载|导出)/.test(words)
  return isReading ? `查看${words}` : words
}

/** Who or what an entry is about, in words. */
export function subjectWords(subject: string, names: ReadonlyMap<string, string>): string {
  const known = subjectNames[subject]
  if (known) return known
  const kind = Object.keys(subjectNames).find((each) => each.endsWith(':') && subject.startsWith(each))
  if (kind === 'person:') return names.get(subject.slice(kind.length)) ?? '一个账号'
  return kind ? subjectNames[kind]! : subject
}

const fieldNames: Record<string, string> = {
  username: '用户名',
  grants: '角色和范围',
  status: '状态',
  messages: '条数',
  filter: '查找条件',
  name: '姓名',
  phone: '手机',
}

/** What the audit says in the place of what is personal. */
const withheldNames: Record<string, string> = {
  withheld: '（不记内容）',
  same: '（没有变）',
  changed: '（已改，不记内容）',
}

export interface ChangedField {
  field: string
  before: string
  after: string
}

/** What was and what became, field by field, in words. */
export function changedFields(before: unknown, after: unknown): ChangedField[] {
  if (!isFields(before) && !isFields(after)) {
    if (before === null && after === null) return []
    return [{ field: '内容', before: inWords(before), after: inWords(after) }]
  }
  const was = isFields(before) ? before : {}
  const is = isFields(after) ? after : {}
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].map((key) => ({
    field: fieldNames[key] ?? key,
    before: inWords(was[key]),
    after: inWords(is[key]),
  }))
}

const isFields = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function inWords(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return (statusNames as Record<string, string>)[value] ?? withheldNames[value] ?? value
  if (Array.isArray(value)) return value.map(inWords).join('；') || '（没有）'
  if (isGrant(value)) return `${roleNames[value.role]}（${value.code || '全区'}）`
  if (!isFields(value)) return String(value)
  const parts = Object.entries(value).map(([key, part]) => `${fieldNames[key] ?? key}：${inWords(part)}`)
  return parts.join('，') || '（没有）'
}

const isGrant = (value: unknown): value is Grant =>
  isFields(value) && 'role' in value && String(value.role) in roleNames
