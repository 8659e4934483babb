import type { TableProps } from 'antd'

export interface Sorting {
  by: string
  order: 'ascend' | 'descend'
}

type Sorter<Row> = Parameters<NonNullable<TableProps<Row>['onChange']>>[2]

/** By what a table is to be sorted after a tap on a heading; as it was at first once nothing is chosen any more. */
export function sortingOf<Row>(sorter: Sorter<Row>, first: Sorting): Sorting {
  const { columnKey, order } = Array.isArray(sorter) ? sorter[0]! : sorter
  return order ? { by: String(columnKey), order } : { by: first.by, order: first.order }
}
