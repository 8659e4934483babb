import type { Block, Cell, Chart, Column, Document, Figure, Sentence } from '../../shared/document.ts'
import { partsOf, spoken } from '../../shared/document.ts'

/** Text in one look. Grey = may be read, but rests on few answers. */
export interface Run {
  text: string
  grey?: true
}

export interface TableColumn {
  title: string
  align: 'left' | 'right' | 'centre'
  /** Part of the table's width, 0..1. */
  share: number
}

export interface TablePiece {
  kind: 'table'
  caption: string
  columns: TableColumn[]
  rows: Run[][]
  notes: Run[][]
  sizePt: number
}

export interface ChartPiece {
  kind: 'chart'
  number: number
  caption: string
  alt: string
  chart: Chart
  notes: Run[][]
}

export type Piece =
  | { kind: 'heading'; level: 1 | 2 | 3; text: string }
  | { kind: 'paragraph'; runs: Run[] }
  | TablePiece
  | ChartPiece

/** A document with everything settled that DOCX and PDF must agree on: numbers of headings, tables and charts, dates in words, marks. */
export interface Layout {
  title: string
  /** The title as it is printed, broken between words into lines of much the same length. */
  titleLines: string[]
  subtitle?: string
  mark?: string
  issuer: string
  date: string
  /** Characters between the signature lines and the right edge (GB/T 9704 7.3.5.2). */
  issuerIndent: number
  dateIndent: number
  pieces: Piece[]
}

/** GB/T 9704-2012 page in millimetres and points. */
export const page = {
  widthMm: 210,
  heightMm: 297,
  topMm: 37,
  bottomMm: 35,
  leftMm: 28,
  rightMm: 26,
  textWidthMm: 156,
  bodyPt: 16,
  linePt: 28.95,
  /** 28 characters of 16 pt are 5.8 pt wider than 156 mm; the standard page closes them up by this much each. */
  trackingPt: -0.22,
}

export const mmPerPt = 25.4 / 72

const flagged = '*'

/**
 * Text that every format can hold: characters that XML forbids, lone surrogates, line ends and marks that reverse the direction of
 * reading (they could make an official sentence read as another one) are replaced or left out.
 */
export function printable(text: string): string {
  return text
    .replace(/\p{Cs}/gu, '\ufffd')
    .replace(/[\r\n\t\u2028\u2029]+/g, ' ')
    .replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/gu, '')
}

/** Width in ems: Chinese characters and full-width marks count one, everything else a half and a little. */
export function widthEm(text: string): number {
  let width = 0
  for (const char of text) width += char.codePointAt(0)! >= 0x1100 ? 1 : 0.55
  return width
}

/** 1 → 一, 12 → 十二, 30 → 三十. Stated for 1..99. */
export function chineseNumber(n: number): string {
  const digits = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九']
  const tens = Math.floor(n / 10)
  return `${tens > 1 ? digits[tens] : ''}${tens > 0 ? '十' : ''}${digits[n % 10]}`
}

/** Breaks a title between words, as evenly as it goes: GB/T 9704 asks that lines keep the sense and stand symmetrically. */
export function titleLines(title: string): string[] {
  const count = Math.ceil(widthEm(title) / 19)
  if (count < 2) return [title]
  const target = widthEm(title) / count
  const lines = ['']
  for (const { segment } of new Intl.Segmenter('zh', { granularity: 'word' }).segment(title)) {
    const line = lines.at(-1)!
    const over = widthEm(line + segment) - target
    if (line !== '' && lines.length < count && over > target - widthEm(line)) lines.push('')
    lines[lines.length - 1] += segment
  }
  return lines
}

/** ISO date → 2026年11月21日, without leading zeros as GB/T 9704 asks. */
export function dateInWords(iso: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso)
  return match ? `${match[1]}年${Number(match[2])}月${Number(match[3])}日` : iso
}

/** Settles numbering, captions, marks and the signature of a document. */
export function layOut(document: Document): Layout {
  const counts = { headings: [0, 0, 0], tables: 0, charts: 0 }
  const issuer = printable(document.issuer)
  const date = dateInWords(document.date)
  return {
    title: printable(document.title),
    titleLines: titleLines(printable(document.title)),
    ...(document.subtitle ? { subtitle: printable(document.subtitle) } : {}),
    ...(document.mark ? { mark: printable(document.mark) } : {}),
    issuer,
    date,
    ...signature(issuer, date),
    pieces: document.blocks.flatMap((block) => pieces(block, counts)),
  }
}

interface Counts {
  headings: number[]
  tables: number
  charts: number
}

function pieces(block: Block, counts: Counts): Piece[] {
  switch (block.kind) {
    case 'heading':
      return [{ kind: 'heading', level: block.level, text: `${number(block.level, counts)}${printable(block.text)}` }]
    case 'paragraph':
      return [{ kind: 'paragraph', runs: runs(block.text) }]
    case 'list':
      return block.items.map((item, i) => ({ kind: 'paragraph', runs: runs([`（${i + 1}）`, ...item]) }))
    case 'table':
      counts.tables += 1
      return [table(block, counts.tables)]
    case 'chart':
      counts.charts += 1
      return [chart(block, counts.charts)]
  }
}

function number(level: 1 | 2 | 3, counts: Counts): string {
  counts.headings[level - 1]! += 1
  counts.headings.fill(0, level)
  const n = counts.headings[level - 1]!
  return level === 1 ? `${chineseNumber(n)}、` : level === 2 ? `（${chineseNumber(n)}）` : `${n}.`
}

/** The table's columns with their shares of the width, its cells as runs, and its notes with the legend of the marks in it. */
function table(block: Extract<Block, { kind: 'table' }>, n: number): TablePiece {
  const sizePt = block.columns.length > 9 ? 9 : block.columns.length > 5 ? 10.5 : 12
  const shares = columnShares(block.columns, block.rows, sizePt)
  const figures = block.rows.flat().flatMap(figuresIn)
  return {
    kind: 'table',
    caption: `表${n}　${printable(block.caption)}`,
    columns: block.columns.map((column, i) => ({
      title: printable(column.title),
      align: column.align ?? (block.rows.every((row) => numeric(row[i])) ? 'right' : 'left'),
      share: shares[i]!,
    })),
    rows: block.rows.map((row) => block.columns.map((_, i) => run(row[i] ?? ''))),
    notes: [...note(block.note), ...legend(figures)],
    sizePt,
  }
}

function numeric(cell: Cell | undefined): boolean {
  if (cell === undefined) return false
  return (!Array.isArray(cell) && typeof cell === 'object') || /^[-\d.,%—–~～至（）\s]*$/.test(spoken(partsOf(cell)))
}

const figuresIn = (cell: Cell): Figure[] => partsOf(cell).filter((part) => typeof part !== 'string')

/** Stated widths in proportion; when none is stated, by what stands in the columns. */
function columnShares(columns: Column[], rows: Cell[][], sizePt: number): number[] {
  const stated = columns.some((column) => column.width !== undefined)
  const widths = stated ? columns.map((column) => column.width ?? 1) : fittingWidths(columns, rows, sizePt)
  const sum = widths.reduce((total, width) => total + width, 0)
  return widths.map((width) => width / sum)
}

/** Widths in ems: narrow columns keep their longest cell in one line, and the wide ones share what is left. */
function fittingWidths(columns: Column[], rows: Cell[][], sizePt: number): number[] {
  const padding = 9 / sizePt
  const natural = columns.map((column, i) => {
    const title = widthEm(column.title)
    const cells = rows.map((row) => (row[i] === undefined ? 0 : widthEm(spoken(partsOf(row[i]))) + 0.6))
    return Math.max(2.2, title > 5 ? Math.ceil(title / 2) : title + 0.2, ...cells) + padding
  })
  const room = page.textWidthMm / mmPerPt / sizePt
  let [left, open] = [room, columns.length]
  const widths = [...natural]
  for (const i of natural.map((_, i) => i).sort((a, b) => natural[a]! - natural[b]!)) {
    widths[i] = Math.min(natural[i]!, left / open)
    left -= widths[i]
    open -= 1
  }
  return widths
}

function chart(block: Extract<Block, { kind: 'chart' }>, n: number): ChartPiece {
  const caption = `图${n}　${printable(block.caption)}`
  return {
    kind: 'chart',
    number: n,
    caption,
    alt: altText(caption, block.chart),
    chart: block.chart,
    notes: note(block.note),
  }
}

/** What a reader who cannot see the picture hears: the caption, then each label with its values. */
function altText(caption: string, chart: Chart): string {
  const shown = (value: number | null | undefined) =>
    value === null || value === undefined
      ? '无数据'
      : chart.unit === 'share'
        ? `${Math.round(value * 100)}%`
        : `${Math.round(value * 10) / 10}`
  const lines = chart.labels.map(
    (label, i) => `${label}：${chart.series.map((series) => `${series.name}${shown(series.values[i])}`).join('，')}`,
  )
  return printable(`${caption}。${lines.join('；')}。`).slice(0, 1500)
}

function note(sentence: Sentence | undefined): Run[][] {
  if (!sentence || sentence.length === 0) return []
  const written = runs(sentence)
  return [/^(注|说明|数据来源|来源)[:：]/.test(written[0]!.text) ? written : [{ text: '注：' }, ...written]]
}

/** What the marks of a table mean, printed under it where they occur. */
function legend(figures: Figure[]): Run[][] {
  const parts: Run[] = []
  if (figures.some((figure) => figure.standing === 'grey')) parts.push({ text: '灰色数字依据10至29份答卷，仅供参考。' })
  if (figures.some((figure) => figure.standing === 'flagged'))
    parts.push({ text: '带“*”的数字依据30至59份答卷，请留意误差。' })
  return parts.length > 0 ? [parts] : []
}

function runs(sentence: Sentence): Run[] {
  return sentence.map(run)
}

/** Words, a figure, or a whole cell in one look: a mark is not repeated inside it. */
function run(cell: Cell): Run {
  const text = printable(spoken(partsOf(cell)))
  const standings = figuresIn(cell).map(({ standing }) => standing)
  if (standings.includes('grey')) return { text, grey: true }
  return { text: standings.includes('flagged') ? `${text}${flagged}` : text }
}

/** Without a seal, the date begins two characters to the right of the issuer and neither comes closer than two to the edge (GB/T 9704 7.3.5.2). */
function signature(issuer: string, date: string): { issuerIndent: number; dateIndent: number } {
  const room = Math.floor(widthEm(issuer)) - Math.ceil(widthEm(date))
  return room >= 2 ? { issuerIndent: 2, dateIndent: room } : { issuerIndent: 4 - room, dateIndent: 2 }
}
