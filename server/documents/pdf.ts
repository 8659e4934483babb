import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import type { Document } from '../../shared/document.ts'
import { chartPng } from './charts.ts'
import { fontFolders } from './fonts.ts'
import { type Layout, layOut, mmPerPt, type Piece, page, type Run, type TablePiece, widthEm } from './layout.ts'

/** A table of so many rows moves to the next page rather than break. */
const wholeRows = 12

const folder = dirname(fileURLToPath(import.meta.url))

/** Fonts take a tenth of a second to load, so one compiler serves the whole life of a process or worker. */
let compiler: NodeCompiler | undefined
let template: string | undefined

/** The document as PDF on the GB/T 9704-2012 page, fonts embedded. @throws {Error} when the typesetter refuses, in its own words */
export async function toPdf(document: Document): Promise<Buffer> {
  compiler ??= NodeCompiler.create({ workspace: folder, fontArgs: [{ fontPaths: fontFolders }] })
  template ??= readFileSync(`${folder}/document.typ`, 'utf8')
  try {
    return typeset(compiler, template, document)
  } finally {
    compiler.resetShadow()
    // The typesetter remembers every layout and picture: 14 MB a document with four charts. No two documents have them in common.
    compiler.evictCache(0)
  }
}

function typeset(typst: NodeCompiler, source: string, document: Document): Buffer {
  const layout = layOut(document)
  const pieces = layout.pieces.map((piece, i) =>
    piece.kind === 'chart' ? pictured(typst, piece, i) : breakable(piece),
  )
  const input = {
    ...layout,
    tracking: page.trackingPt,
    ...absent(layout),
    pieces,
    keywords: layout.mark ? [layout.mark] : [],
    day: day(document.date),
  }
  // Compiled and written in one call: a compiled document handed out to JavaScript keeps its pictures until some late garbage collection.
  return typst.pdf(
    { mainFileContent: source, inputs: { layout: JSON.stringify(input) } },
    { creationTimestamp: Date.parse(document.date.slice(0, 10)) / 1000 },
  )
}

function absent(layout: Layout) {
  return { subtitle: layout.subtitle ?? null, mark: layout.mark ?? null }
}

function day(iso: string) {
  const [year, month, day] = iso.slice(0, 10).split('-').map(Number)
  return { year, month, day }
}

function pictured(typst: NodeCompiler, piece: Extract<Piece, { kind: 'chart' }>, i: number) {
  const file = `${folder}/chart-${i}.png`
  typst.mapShadow(file, chartPng(piece.chart))
  const { chart: _, ...rest } = piece
  return { ...rest, file: `/chart-${i}.png` }
}

/** The typesetter never breaks inside a long Latin word, so places to break are put into words wider than their line. */
function breakable(piece: Exclude<Piece, { kind: 'chart' }>): Piece {
  const line = page.textWidthMm / mmPerPt
  if (piece.kind === 'paragraph') return { ...piece, runs: piece.runs.map((run) => loosened(run, line / page.bodyPt)) }
  if (piece.kind === 'heading') return { ...piece, text: loosened(piece, line / page.bodyPt - 2).text }
  return { ...piece, ...loosenedTable(piece, line), whole: piece.rows.length <= wholeRows } as Piece
}

function loosenedTable(piece: TablePiece, line: number): Pick<TablePiece, 'columns' | 'rows' | 'notes'> {
  const roomEm = piece.columns.map((column) => (column.share * line - 8) / piece.sizePt)
  return {
    columns: piece.columns.map((column, i) => ({
      ...column,
      title: loosened({ text: column.title }, roomEm[i]!).text,
    })),
    rows: piece.rows.map((row) => row.map((cell, i) => loosened(cell, roomEm[i]!))),
    notes: piece.notes.map((note) => note.map((run) => loosened(run, line / 10.5))),
  }
}

function loosened<T extends Run>(run: T, roomEm: number): T {
  const text = run.text.replace(/[!-~\u00a1-\u02ff]{4,}/g, (word) =>
    widthEm(word) > roomEm ? [...word].join('\u200b') : word,
  )
  return text === run.text ? run : { ...run, text }
}
