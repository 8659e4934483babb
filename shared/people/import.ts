import { plain, words } from '../places/cells.ts'
import { exampleMark } from '../places/import.ts'
import { type Fault, findHeading, type Table, unreadableCells } from '../places/table.ts'
import { type Grant, grantedAt, type Level, type Role, roleNames } from './roles.ts'
import { phones, usernames } from './shapes.ts'

/** The columns of a list of staff, in the order of the template. */
export const staffColumns = {
  username: {
    title: '用户名',
    help: '登录用，3 到 30 个小写字母、数字、点、横线或下划线，以字母或数字开头；不能与别人相同。',
  },
  name: { title: '姓名', help: '最多 40 个字。' },
  phone: { title: '手机', help: '11 位手机号，可留空。' },
  role: { title: '角色', help: '填下面“角色”各行中的一个名称；一行只填一个角色。' },
  scope: { title: '范围', help: '街道或社区的代码或名称，多个用顿号隔开；全区填“全区”或留空。' },
} as const

export interface Listed {
  line: number
  username: string
  name: string
  phone?: string
  grants: Grant[]
}

export interface Tree {
  subdistricts: { code: string; name: string }[]
  communities: { code: string; name: string }[]
}

type Say = (row: number, column: string, message: string) => void
type Key = keyof typeof staffColumns
type Row = { line: number } & Record<Key, string>

const MOST_ROWS = 2_000

/** Reads a list of staff row by row: either every row is a person, or `wrong` says what to change. */
export function readStaff(table: Table, tree: Tree): { staff: Listed[]; wrong: Fault[] } {
  const heading = findHeading(staffColumns, table)
  if (heading.wrong.length > 0) return { staff: [], wrong: heading.wrong }
  const titles = table.rows.find(({ line }) => line === heading.line)?.cells ?? []
  const wrong = unreadableCells(table, heading, titles)
  const say: Say = (row, column, message) => wrong.push({ row, column, message })
  const rows = rowsBelow(table, heading.line, heading.at)
  if (rows.length === 0) say(heading.line + 1, '', '表里没有数据，请从表头下一行开始填写。')
  if (rows.length > MOST_ROWS) say(heading.line, '', `一次最多导入 ${MOST_ROWS} 人，请分成几个文件。`)
  sayTwice(rows, 'username', say)
  sayTwice(rows, 'phone', say)
  const staff = rows.slice(0, MOST_ROWS).map((row) => readRow(row, tree, say))
  return { staff, wrong: wrong.sort((a, b) => a.row - b.row) }
}

function rowsBelow(table: Table, headingLine: number, at: Map<string, number>): Row[] {
  const cell = (cells: string[], key: Key) => cells[at.get(key)!]?.trim() ?? ''
  return table.rows
    .filter(({ line, cells }) => line > headingLine && cells.some((text) => text.trim()))
    .filter(({ cells }) => !cell(cells, 'username').startsWith(exampleMark))
    .map(({ line, cells }) => ({
      line,
      username: plain(cell(cells, 'username')).toLowerCase(),
      name: cell(cells, 'name'),
      phone: plain(cell(cells, 'phone')).replaceAll('-', ''),
      role: cell(cells, 'role'),
      scope: cell(cells, 'scope'),
    }))
}

/** Says so where two rows mean the same person. */
function sayTwice(rows: Row[], key: 'username' | 'phone', say: Say): void {
  const first = new Map<string, number>()
  for (const row of rows) {
    const before = first.get(row[key])
    if (before !== undefined) say(row.line, staffColumns[key].title, `与第 ${before} 行重复，请删去一行或改正。`)
    else if (row[key]) first.set(row[key], row.line)
  }
}

function readRow(row: Row, tree: Tree, say: Say): Listed {
  const fault = (key: Key, message: string) => say(row.line, staffColumns[key].title, message)
  if (!usernames.test(row.username))
    fault('username', '用户名用 3 到 30 个小写字母、数字、点、横线或下划线，以字母或数字开头。')
  const name = words(40)(row.name, undefined as never)
  if (row.name === '') fault('name', '不能为空，请填写。')
  else if ('wrong' in name) fault('name', name.wrong)
  if (row.phone !== '' && !phones.test(row.phone)) fault('phone', '手机号应是 11 位数字，可留空。')
  const role = roleNamed(row.role)
  if (!role) fault('role', `没有“${row.role.slice(0, 20)}”这个角色，请填：${Object.values(roleNames).join('、')}。`)
  const grants = role ? grantsIn(row.scope, role, tree, (message) => fault('scope', message)) : []
  const { line, username, phone } = row
  return { line, username, name: row.name, ...(phone ? { phone } : {}), grants }
}

function roleNamed(text: string): Role | undefined {
  return (Object.keys(roleNames) as Role[]).find((role) => roleNames[role] === plain(text))
}

/** Codes or names of places, with 、 between them; 全区 or nothing for the district. */
function grantsIn(text: string, role: Role, tree: Tree, fault: (message: string) => void): Grant[] {
  const scopes = text
    .split(/[、,，;；\n]/)
    .map(plain)
    .filter(Boolean)
  return (scopes.length > 0 ? scopes : ['全区']).flatMap((scope): Grant[] => {
    const found = nodesNamed(scope, tree).filter(({ level }) => grantedAt[role].includes(level))
    if (found.length === 1) return [{ role, ...found[0]! }]
    fault(
      found.length > 1
        ? `“${scope.slice(0, 20)}”不止一处，请改填代码。`
        : `“${scope.slice(0, 20)}”不能作“${roleNames[role]}”的范围，请填${scopeOf(role)}，多个用顿号隔开。`,
    )
    return []
  })
}

function nodesNamed(text: string, tree: Tree): { level: Level; code: string }[] {
  if (text === '全区') return [{ level: 'district', code: '' }]
  const nodes = [
    ...tree.subdistricts.map((place) => ({ level: 'subdistrict' as const, ...place })),
    ...tree.communities.map((place) => ({ level: 'community' as const, ...place })),
  ]
  const byCode = nodes.filter(({ code }) => code === text)
  const found = byCode.length > 0 ? byCode : nodes.filter(({ name }) => plain(name) === text)
  return found.map(({ level, code }) => ({ level, code }))
}

const scopeWords: Record<Level, string> = {
  district: '“全区”',
  subdistrict: '街道的代码或名称',
  community: '社区的代码或名称',
}

/** What may be put in as the scope of a role. */
export const scopeOf = (role: Role): string => grantedAt[role].map((level) => scopeWords[level]).join('、')
