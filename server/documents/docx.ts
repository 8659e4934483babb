import {
  AlignmentType,
  Document as DocxDocument,
  Footer,
  HeadingLevel,
  Packer,
  PageNumber,
  Paragraph,
  Tab,
  type Table,
  TabStopType,
  TextRun,
} from 'docx'
import { unzipSync, type Zippable, zipSync } from 'fflate'
import type { Document } from '../../shared/document.ts'
import { pieceParts } from './docx-pieces.ts'
import { fang, fontTable, halfPoints, kai, lineHeight, numberFace, song, textRun, twips } from './docx-styles.ts'
import { type Layout, layOut, mmPerPt, page, widthEm } from './layout.ts'

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
