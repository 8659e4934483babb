import {
  AlignmentType,
  BorderStyle,
  Document as DocxDocument,
  Footer,
  HeadingLevel,
  ImageRun,
  type IParagraphOptions,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  Tab,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TabStopType,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx'
import { unzipSync, type Zippable, zipSync } from 'fflate'
import type { Document } from '../../shared/document.ts'
import { chartPng, chartSize } from './charts.ts'
import {
  type ChartPiece,
  type Layout,
  layOut,
  mmPerPt,
  type Piece,
  page,
  type Run,
  type TablePiece,
  widthEm,
} from './layout.ts'

/** Twentieths of a point, the unit of lengths in a DOCX. */
const twips = (mm: number) => Math.round((mm / mmPerPt) * 20)
const halfPoints = (pt: number) => pt * 2

/** The name stands in all four slots, otherwise digits and brackets fall back to another face. */
const face = (name: string) => ({ ascii: name, hAnsi: name, eastAsia: name, cs: name })
const song = face('方正小标宋简体')
const fang = face('仿宋_GB2312')
const hei = face('黑体')
const kai = face('楷体_GB2312')
const numberFace = face('宋体')

/** Where a machine lacks a licensed font, the names to look for next, down to the open ones. */
const substitutes: Record<string, string> = {
  方正小标宋简体: 'FZXiaoBiaoSong-B05S,方正小标宋_GBK,华文中宋,宋体,Noto Serif SC,Noto Serif CJK SC',
  仿宋_GB2312: 'FangSong_GB2312,仿宋,FangSong,华文仿宋,Noto Serif SC,Noto Serif CJK SC',
  黑体: 'SimHei,微软雅黑,Noto Sans SC,Noto Sans CJK SC',
  楷体_GB2312: 'KaiTi_GB2312,楷体,KaiTi,华文楷体,Noto Serif SC,Noto Serif CJK SC',
  宋体: 'SimSun,Noto Serif SC,Noto Serif CJK SC',
}

const grey = '737373'
const lineHeight = { line: page.linePt * 20, lineRule: LineRuleType.EXACT, before: 0, after: 0 }
const indent = { firstLine: page.bodyPt * 40, firstLineChars: 200 }

/** A table of so many rows moves to the next page rather than break. */
const wholeRows = 12

/** The document as DOCX on the GB/T 9704-2012 page. The same document gives the same bytes. */
export async function toDocx(document: Document): Promise<Buffer> {
  const layout = layOut(document)
  const file = new DocxDocument({
    title: layout.title,
    creator: layout.issuer,
    lastModifiedBy: layout.issuer,
    ...(layout.mark ? { description: layout.mark, keywords: layout.mark } : {}),
    evenAndOddHeaderAndFooters: true,
    styles: {
      default: { document: { run: { font: fang, size: halfPoints(page.bodyPt), language: { eastAsia: 'zh-CN' } } } },
    },
    sections: [{ properties: section(layout), footers: footers(layout), children: body(layout) }],
  })
  const packed = await Packer.toBuffer(file, undefined, [{ path: 'word/fontTable.xml', data: fontTable() }])
  return settled(packed, document.date)
}

function section(layout: Layout) {
  return {
    titlePage: layout.mark !== undefined,
    page: {
      size: { width: twips(page.widthMm), height: twips(page.heightMm) },
      margin: {
        top: twips(page.topMm),
        bottom: twips(page.bottomMm),
        left: twips(page.leftMm),
        right: twips(page.rightMm),
        header: twips(15),
        footer: twips(page.bottomMm - 7 - 14 * mmPerPt),
        gutter: 0,
      },
    },
  }
}

/** Page numbers 7 mm below the text, odd pages right and even pages left, one character in from the edge (GB/T 9704 7.5). */
function footers(layout: Layout) {
  const number = new TextRun({ children: ['— ', PageNumber.CURRENT, ' —'], font: numberFace, size: halfPoints(14) })
  const right = new Paragraph({ alignment: AlignmentType.RIGHT, indent: { right: 280 }, children: [number] })
  const left = new Paragraph({ alignment: AlignmentType.LEFT, indent: { left: 280 }, children: [number] })
  return {
    default: new Footer({ children: [right] }),
    even: new Footer({ children: [left] }),
    ...(layout.mark ? { first: new Footer({ children: marked(layout.mark, number, right) }) } : {}),
  }
}

/** The foot of the first page: the mark on the left, the page number where every odd page has it; a long mark gets lines of its own. */
function marked(mark: string, number: TextRun, alone: Paragraph): Paragraph[] {
  const words = new TextRun({ text: mark, font: fang, size: halfPoints(10.5) })
  if (widthEm(mark) > 32) return [new Paragraph({ children: [words] }), alone]
  const tabStops = [{ type: TabStopType.RIGHT, position: twips(page.textWidthMm) - 280 }]
  return [new Paragraph({ tabStops, children: [words, new TextRun({ children: [new Tab()] }), number] })]
}

function body(layout: Layout): (Paragraph | Table)[] {
  return [...head(layout), ...layout.pieces.flatMap(pieceParts), ...signature(layout)]
}

function head(layout: Layout): Paragraph[] {
  const title = layout.titleLines.map(
    (text, i) => new TextRun({ text, font: song, size: halfPoints(22), ...(i > 0 ? { break: 1 } : {}) }),
  )
  const centred = { alignment: AlignmentType.CENTER, spacing: { ...lineHeight, line: 35 * 20 } }
  const subtitle = layout.subtitle
    ? [
        new Paragraph({
          ...centred,
          children: [new TextRun({ text: layout.subtitle, font: kai, size: halfPoints(16) })],
        }),
      ]
    : []
  return [
    new Paragraph({ ...centred, heading: HeadingLevel.TITLE, children: title }),
    ...subtitle,
    new Paragraph({ spacing: lineHeight, children: [] }),
  ]
}

function pieceParts(piece: Piece): (Paragraph | Table)[] {
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

function textRun(run: Run, pt: number, more: object = {}): TextRun {
  return new TextRun({
    text: run.text,
    font: fang,
    size: halfPoints(pt),
    ...(run.grey ? { color: grey } : {}),
    ...more,
  })
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

function signature(layout: Layout): Paragraph[] {
  const line = (text: string, chars: number, keepNext: boolean) =>
    new Paragraph({
      alignment: AlignmentType.RIGHT,
      indent: { right: chars * page.bodyPt * 20 },
      spacing: lineHeight,
      keepNext,
      children: [textRun({ text }, page.bodyPt)],
    })
  return [
    new Paragraph({ spacing: lineHeight, keepNext: true, children: [] }),
    line(layout.issuer, layout.issuerIndent, true),
    line(layout.date, layout.dateIndent, false),
  ]
}

function fontTable(): string {
  const fonts = Object.entries(substitutes).map(
    ([name, others]) =>
      `<w:font w:name="${name}"><w:altName w:val="${others}"/><w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>`,
  )
  const namespace = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts xmlns:w="${namespace}">${fonts.join('')}</w:fonts>`
}

/** Packs the parts again with the document's own date wherever the library wrote the present moment. */
function settled(packed: Buffer, iso: string): Buffer {
  const parts: Zippable = {}
  const moment = `${iso.slice(0, 10)}T00:00:00Z`
  for (const [name, bytes] of Object.entries(unzipSync(packed))) {
    if (name.endsWith('/')) continue
    const data = name === 'docProps/core.xml' ? dated(bytes, moment) : bytes
    parts[name] = [data, { level: name.endsWith('.png') ? 0 : 6, mtime: new Date(1980, 0, 1) }]
  }
  return Buffer.from(zipSync(parts))
}

function dated(bytes: Uint8Array, moment: string): Uint8Array {
  const text = Buffer.from(bytes).toString('utf8')
  return Buffer.from(text.replace(/(<dcterms:(?:created|modified)[^>]*>)[^<]*/g, `$1${moment}`))
}
