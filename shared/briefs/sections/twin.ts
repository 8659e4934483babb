import type { Cell, Table } from '../../document.ts'
import { right } from './columns.ts'

/** The numbers of a chart as a table: one row a label, each number a figure. */
export function twin(series: string[], rows: Cell[][]): Table {
  return { columns: [{ title: '项目' }, ...series.map((title) => right(title))], rows }
}
