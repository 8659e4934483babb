import { type Grant, type Node, roleNames } from '../../shared/people/roles.ts'
import { statusNames } from './people-words.ts'

const fieldNames: Record<string, string> = {
  username: '用户名',
  grants: '角色和范围',
  status: '状态',
  messages: '短信条数',
  notices: '消息条数',
  accounts: '账号数',
  sessions: '登录数',
  devices: '设备标识数',
  filter: '查找条件',
  name: '姓名',
  phone: '手机',
  version: '版本',
  versions: '版本数',
  edition: '稿次',
  audience: '给谁看',
  hash: '内容校验值',
  title: '标题',
  notice: '告知书版本',
  retentionDays: '保存天数',
  rows: '行数',
  places: '地点数',
  placeVersion: '地点版本',
  services: '服务',
  rules: '规则',
  survey: '问卷',
  community: '社区',
  channel: '渠道',
  proxy: '代填',
  withdrawn: '已撤回',
  erased: '抹去的内容',
}

/** Words that stand in the place of what is personal, and others that the server writes as words of its own. */
const valueNames: Record<string, string> = {
  ...statusNames,
  open: '开放',
  closed: '已关闭',
  staff: '工作版',
  public: '公示版',
  withheld: '（不记内容）',
  same: '（没有变）',
  changed: '（已改，不记内容）',
}

/** A whole catalogue fits on no screen; the export has all of it. */
const LONGEST = 300

export interface ChangedField {
  field: string
  before: string
  after: string
}

type NameOf = (node: Node) => string

/** What was and what became, field by field, in words. */
export function changedFields(before: unknown, after: unknown, nameOf: NameOf): ChangedField[] {
  const words = (value: unknown) => shortened(inWords(value, nameOf))
  if (before === null && after === null) return []
  if (!isFields(before) && !isFields(after)) return [{ field: '内容', before: words(before), after: words(after) }]
  const was = isFields(before) ? before : {}
  const is = isFields(after) ? after : {}
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].map((key) => ({
    field: fieldNames[key] ?? key,
    before: words(was[key]),
    after: words(is[key]),
  }))
}

const shortened = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}……` : text)

const isFields = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function inWords(value: unknown, nameOf: NameOf): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (typeof value === 'string') return valueNames[value] ?? value
  if (Array.isArray(value)) return value.map((each) => inWords(each, nameOf)).join('；') || '（没有）'
  if (isGrant(value)) return `${roleNames[value.role]}（${nameOf(value)}）`
  if (!isFields(value)) return String(value)
  const parts = Object.entries(value).map(([key, part]) => `${fieldNames[key] ?? key}：${inWords(part, nameOf)}`)
  return parts.join('，') || '（没有）'
}

const isGrant = (value: unknown): value is Grant =>
  isFields(value) && 'role' in value && String(value.role) in roleNames
