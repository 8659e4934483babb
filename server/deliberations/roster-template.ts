import { rosterColumns } from '../../shared/deliberations/roster.ts'
import { exampleMark } from '../../shared/places/import.ts'
import { type Sheet, toXlsx } from '../documents/xlsx.ts'

/** A workbook to be filled in: headings, an example row that is skipped, and what belongs in each column. */
export function rosterTemplate(): Promise<Buffer> {
  const columns = Object.values(rosterColumns)
  const filled: Sheet = {
    name: '名单',
    columns: columns.map(({ title }) => ({ title, width: 18 })),
    rows: [[`${exampleMark}王芳`, '和平里一区', '1']],
  }
  const explained: Sheet = {
    name: '填写说明',
    columns: [{ title: '列名' }, { title: '说明', width: 80 }],
    rows: [
      ...columns.map(({ title, help }) => [title, help]),
      ['注意', `姓名以“${exampleMark}”开头的行会跳过，填好后可以不删。`],
      ['注意', '不要改动表头；有一行不对就都不保存，并列出每一处要改的地方。'],
      ['注意', '新名单会整份替换原来的名单。'],
    ],
  }
  return toXlsx([filled, explained])
}
