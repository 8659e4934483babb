import type { ImportKind } from '../../shared/places/api.ts'
import { type Column, importColumns, importZh } from '../../shared/places/columns.ts'
import { exampleMark } from '../../shared/places/import.ts'
import { type Sheet, toXlsx } from '../documents/xlsx.ts'

/** A workbook to be filled in: headings, an example row that is skipped on import, and a sheet that explains each column. */
export function template(kind: ImportKind): Promise<Buffer> {
  const columns = Object.values<Column<unknown>>(importColumns[kind])
  const examples = columns.map(({ example }, i) => (i === 0 ? `${exampleMark}${example}` : example))
  const filled: Sheet = {
    name: importZh[kind],
    columns: columns.map(({ title, example }) => ({
      title,
      width: Math.max(12, title.length * 2 + 4, example.length * 2),
    })),
    rows: [examples],
  }
  const explained: Sheet = {
    name: '填写说明',
    columns: [{ title: '列名' }, { title: '是否必填' }, { title: '示例' }, { title: '说明', width: 60 }],
    rows: [
      ...columns.map(({ title, ifEmpty, example, help }) => [title, ifEmpty ? '选填' : '必填', example, help]),
      ...notes.map((note) => ['注意', '', '', note]),
    ],
  }
  return toXlsx([filled, explained])
}

const notes = [
  `第一列以“${exampleMark}”开头的行会跳过，填好后可以不删。`,
  '不要改动表头，不要合并单元格，不要使用公式；有一行不对就全部不导入，并列出每一处要改的地方。',
  '代码相同的行再次导入时会更新原来的内容；没有列入文件的不受影响。',
]
