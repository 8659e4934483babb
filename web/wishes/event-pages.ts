import type { Totals, Wish } from './event-follow.ts'

/** Half a row, a whole one, or two: as much as the words need at a size that the last row of a hall reads. */
export type Width = 'half' | 'whole' | 'tall'

export interface Row {
  width: Width
  /** Two where they are half a row each. */
  wishes: Wish[]
}
export type Page = Row[]

const ROWS = 3
/** So many characters fit beside the code on half a row, and on a whole one. */
const HALF = 40
const WHOLE = 108

/** The wishes in their order, as many to a page as fit. */
export function pagesOf(wishes: readonly Wish[]): Page[] {
  const pages: Page[] = []
  let left = 0
  for (const row of rowsOf(wishes)) {
    const height = row.width === 'tall' ? 2 : 1
    if (height > left) {
      pages.push([])
      left = ROWS
    }
    pages.at(-1)!.push(row)
    left -= height
  }
  return pages
}

/** Short ones stand two and two: the first of them keeps its place, and the next that comes stands beside it. */
function rowsOf(wishes: readonly Wish[]): Row[] {
  const rows: Row[] = []
  let open: Row | undefined
  for (const wish of wishes) {
    const width = widthOf(wish.text)
    if (width === 'half' && open) {
      open.wishes.push(wish)
      open = undefined
      continue
    }
    const row = { width, wishes: [wish] }
    rows.push(row)
    if (width === 'half') open = row
  }
  return rows
}

function widthOf(text: string): Width {
  const { length } = [...text]
  if (length <= HALF) return 'half'
  return length <= WHOLE ? 'whole' : 'tall'
}

/** What stands there while there is no card. */
export function nothingWords({ open, claimed, fulfilled }: Totals): string {
  if (open > 0) return '正在读取心愿……'
  return claimed + fulfilled > 0 ? '现在的心愿都有单位认领了，谢谢大家' : '还没有等待认领的心愿'
}
