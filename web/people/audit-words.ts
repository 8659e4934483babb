import type { Description } from '../api/description.ts'

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
  'sign-out': '退出登录',
  'session:end': '结束自己的一处登录',
  'answers:erase': '到期抹去答卷',
  'survey:close': '问卷到期自动结束',
  'devices:erase': '抹去设备标识',
  'names:erase': '到期抹去议事会名单上的姓名',
  'messages:erase': '到期抹去短信和消息',
  'briefs:compose': '编制方案',
  'tallies:rebuild': '重新汇总答卷',
  'export:made': '生成导出文件',
  'consultation:turn': '征求意见按时开始或截止',
  'claim:expire': '认领到期，心愿自动退回',
  'wish:lapse': '心愿过了希望实现的日期',
}

const wish = '/api/districts/:district/wishes/:wish'

/** Calls that are open to everybody, as far as they are written down: where staff make them for somebody. */
const openNames: Record<string, string> = {
  'POST /api/districts/:district/surveys/:survey/responses': '录入答卷',
  'POST /api/districts/:district/withdrawals': '撤回答卷',
  'POST /api/districts/:district/wishes': '代提微心愿',
  [`PUT ${wish}/text`]: '代为修改微心愿',
  [`POST ${wish}/withdrawal`]: '代为撤回微心愿',
  [`POST ${wish}/photos`]: '代为添加心愿照片',
  [`DELETE ${wish}/photos/:photo`]: '代为撤下心愿照片',
  [`POST ${wish}/confirmation`]: '代为确认微心愿办到',
}

/** Kinds of what an entry is about; those with a colon go on with which one. */
export const subjectNames: Record<string, string> = {
  'person:': '账号',
  people: '人员名单',
  'personal-data': '个人信息',
  audit: '审计记录',
  'sms:': '短信',
  'sms-outbox': '待发箱',
  'sms-failures': '没有发出去的短信',
  messages: '短信和消息',
  'district:': '区县',
  'places:': '导入的地点',
  catalogue: '服务功能与规划指标',
  'survey:': '问卷',
  'response:': '答卷',
  'export:': '导出',
  'quotas:': '样本目标',
  'contact:': '入户记录',
  'slips:': '入户单',
  'deliberation:': '议事会',
  'question:': '表决',
  'open-answers:': '开放意见',
  'quotation:': '原话',
  'statement:': '议事中的意见',
  'statement-keywords': '意见归类的关键词',
  'code-dictionary': '编码词典',
  tallies: '答卷汇总',
  'brief:': '方案',
  'wish:': '微心愿',
  'sponsor:': '共建单位',
  'station:': '驿站',
  'wish-rules': '微心愿的办理规则',
  briefs: '全部方案',
  wishes: '心愿台账',
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
  return new Map([...Object.entries(verbNames), ...Object.entries(openNames), ...calls])
}

/** A summary without what it adds; reading is said as such. */
function shortened(method: string, summary: string): string {
  const [words = summary] = summary.split(/[；：，（]/)
  const isReading = method === 'get' && !/^(查看|下载|导出)/.test(words)
  return isReading ? `查看${words}` : words
}

/** Who or what an entry is about, in words. */
export function subjectWords(subject: string, people: ReadonlyMap<string, string>): string {
  const [kind = '', which = ''] = subject.split(/:(.*)/)
  const name = subjectNames[`${kind}:`]
  if (which === '' || name === undefined) return subjectNames[subject] ?? name ?? subject
  if (kind === 'person') return people.get(which) ?? '不在人员名单里的账号'
  // Ids that programs made say nothing to anybody.
  return /^[0-9a-f-]{36}$/.test(which) ? name : `${name} ${which}`
}
