import { isConnectionLost } from './lost-connection.ts'

const unreachable = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/
const refused = /^(28|3D)/

/** What to tell whoever started a command that failed; an error of our own says it already. */
export function failureInWords(error: unknown): string {
  const { code = '', message } = error as { code?: string; message: string }
  // The tables are not there, because no server has ever started on this database.
  if (code === '42P01') return '数据库还是空的；请先运行 npm start 装入数据。'
  if (unreachable.test(code) || /^timeout exceeded/.test(message)) {
    return '连不上数据库：请检查 DATABASE_URL，并确认数据库正在运行。'
  }
  if (refused.test(code)) return '数据库不接受登录：请检查 DATABASE_URL 里的用户名、口令和库名。'
  if (isConnectionLost(error)) return '数据库连接中断，没有做完；请等数据库恢复后重新运行。'
  return message
}
