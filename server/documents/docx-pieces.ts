import {
  AlignmentType,
  BorderStyle,
  HeadingLevel,
  ImageRun,
  type IParagraphOptions,
  LineRuleType,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx'
import { chartPng, chartSize } from './charts.ts'
import { fang, halfPoints, hei, indent, kai, lineHeight, textRun, twips } from './docx-styles.ts'
import { type ChartPiece, type Piece, page, type Run, type TablePiece } from './layout.ts'

/** A table of so many rows moves to the next page rather than break. */
const wholeRows = 12

/** A piece of the layout as the parts of a DOCX body. */
export function pieceParts(piece: Piece): (Paragraph | Table)[] {
  switch (piece.kind) {
    case 'heading':
      return [heading(piece.level, piece.text)]
    case 'paragraph':
      return [paragraph(piece.runs)]
    case 'table':
      return table(piece)
    case 'chart':
      return chart(piece)
  }
}

/** `wordWrap` lets a Latin word longer than a line break inside; without one, words and numbers stay whole. */
function paragraph(runs: Run[]): Paragraph {
  const wordWrap = runs.some((run) => /[!-~]{50,}/.test(run.text))
  return new Paragraph({
    alignment: AlignmentType.BOTH,
    indent,
    spacing: lineHeight,
    wordWrap,
    children: bodyRuns(runs),
  })
}

const headings = [
  { heading: HeadingLevel.HEADING_1, font: hei, bold: false },
  { heading: HeadingLevel.HEADING_2, font: kai, bold: false },
  { heading: HeadingLevel.HEADING_3, font: fang, bold: true },
]

function heading(level: 1 | 2 | 3, text: string): Paragraph {
  const { heading, font, bold } = headings[level - 1]!
  const run = new TextRun({ text, font, bold, color: '000000', size: halfPoints(page.bodyPt) })
  return new Paragraph({ heading, indent, spacing: lineHeight, keepNext: true, children: [run] })
}

function bodyRuns(runs: Run[]): TextRun[] {
  return runs.map((run) => textRun(run, page.bodyPt, { characterSpacing: page.trackingPt * 20 }))
}

function caption(text: string, more: Partial<IParagraphOptions>): Paragraph {
  return new Paragraph({
    alignment: AlignmentType.CENTER,
    children: [new TextRun({ text, font: hei, size: halfPoints(12) })],
    ...more,
  })
}

function notes(lines: Run[][]): Paragraph[] {
  const spacing = { before: 40, after: 0 }
  return [
    ...lines.map((line) => new Paragraph({ spacing, keepNext: true, children: line.map((run) => textRun(run, 10.5)) })),
    new Paragraph({ spacing: { line: 160, lineRule: LineRuleType.EXACT }, children: [] }),
  ]
}

function table(piece: TablePiece): (Paragraph | Table)[] {
  const widths = piece.columns.map((column) => Math.round(column.share * twips(page.textWidthMm)))
  const whole = piece.rows.length <= wholeRows
  const edge = { style: BorderStyle.SINGLE, size: 4, color: '000000' }
  const built = new Table({
    columnWidths: widths,
    width: { size: twips(page.textWidthMm), type: WidthType.DXA },
    layout: TableLayoutType.FIXED,
    alignment: AlignmentType.CENTER,
    margins: { left: 80, right: 80, top: 30, bottom: 30 },
    borders: { top: edge, bottom: edge, left: edge, right: edge, insideHorizontal: edge, insideVertical: edge },
    rows: [headerRow(piece, widths), ...piece.rows.map((row) => tableRow(piece, row, widths, whole))],
  })
  return [caption(piece.caption, { keepNext: true, spacing: { before: 200, after: 80 } }), built, ...notes(piece.notes)]
}

function headerRow(piece: TablePiece, widths: number[]): TableRow {
  const children = piece.columns.map((column, i) => {
    const run = new TextRun({ text: column.title, font: hei, size: halfPoints(piece.sizePt) })
    return cell(new Paragraph({ alignment: AlignmentType.CENTER, keepNext: true, children: [run] }), widths[i]!)
  })
  return new TableRow({ tableHeader: true, cantSplit: true, children })
}

const sides = { left: AlignmentType.LEFT, right: AlignmentType.RIGHT, centre: AlignmentType.CENTER }

function tableRow(piece: TablePiece, row: Run[], widths: number[], keepNext: boolean): TableRow {
  const children = row.map((run, i) => {
    const alignment = sides[piece.columns[i]!.align]
    return cell(new Paragraph({ alignment, keepNext, children: [textRun(run, piece.sizePt)] }), widths[i]!)
  })
  return new TableRow({ cantSplit: row.every((run) => run.text.length < 300), children })
}

function cell(paragraph: Paragraph, width: number): TableCell {
  return new TableCell({
    width: { size: width, type: WidthType.DXA },
    verticalAlign: VerticalAlign.CENTER,
    children: [paragraph],
  })
}

function chart(piece: ChartPiece): Paragraph[] {
  const size = chartSize(piece.chart)
  const width = Math.floor((page.textWidthMm / 25.4) * 96)
  const picture = new ImageRun({
    type: 'png',
    data: chartPng(piece.chart),
    transformation: { width, height: Math.round((size.height * width) / size.width) },
    altText: { id: String(piece.number), name: piece.caption, title: piece.caption, description: piece.alt },
  })
  return [
    new Paragraph({ alignment: AlignmentType.CENTER, keepNext: true, spacing: { before: 200 }, children: [picture] }),
    caption(piece.caption, { keepNext: piece.notes.length > 0, spacing: { before: 60, after: 80 } }),
    ...notes(piece.notes),
  ]
}
