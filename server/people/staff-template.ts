import { scopeOf, staffColumns } from '../../shared/people/import.ts'
import { nodesOf, nodesToGive, rolesToGive } from '../../shared/people/manage.ts'
import { type Node, roleNames } from '../../shared/people/roles.ts'
import { exampleMark } from '../../shared/places/import.ts'
import { type Sheet, toXlsx } from '../documents/xlsx.ts'
import { levelNames } from './grants.ts'
import type { Manager } from './manager.ts'
import type { DistrictTree } from './queries.ts'

/** A workbook to be filled in: headings and an example row that is skipped, then the roles and the places that are this manager's to give. */
export function staffTemplate({ grants, tree, subdistrictOf }: Manager): Promise<Buffer> {
  const roles = rolesToGive(grants)
  const nodes = nodesOf(tree)
  const places = nodes.filter((node) =>
    roles.some((role) => nodesToGive(grants, role, [node], subdistrictOf).length > 0),
  )
  const example = [`${exampleMark}zhang.san`, '张三', '13900001111', roleNames.fieldworker, places.at(-1)?.code ?? '']
  const titles = Object.values(staffColumns).map(({ title }) => title)
  const filled: Sheet = { name: '人员', columns: titles.map((title) => ({ title, width: 18 })), rows: [example] }
  const explained: Sheet = {
    name: '填写说明',
    columns: [{ title: '列名' }, { title: '填什么', width: 24 }, { title: '说明', width: 70 }],
    rows: [
      ...Object.values(staffColumns).map(({ title, help }) => [title, '', help]),
      ...roles.map((role) => ['角色', roleNames[role], `范围填${scopeOf(role)}。`]),
      ...notes.map((note) => ['注意', '', note]),
    ],
  }
  const listed: Sheet = {
    name: '可填的范围',
    columns: [{ title: '级别' }, { title: '代码', width: 16 }, { title: '名称', width: 24 }],
    rows: places.map((node) => [levelNames[node.level], node.code || '全区', nameOf(node, tree)]),
  }
  return toXlsx([filled, explained, listed])
}

function nameOf({ level, code }: Node, { subdistricts, communities }: DistrictTree): string {
  if (level === 'district') return '全区'
  const places = level === 'subdistrict' ? subdistricts : communities
  return places.find((place) => place.code === code)?.name ?? code
}

const notes = [
  `用户名以“${exampleMark}”开头的行会跳过，填好后可以不删。`,
  '不要改动表头；有一行不对就一个人也不导入，并列出每一处要改的地方。',
  '导入后每人得到一张首次登录的纸条，代码只显示一次，请当场打印。',
]
