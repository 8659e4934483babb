import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { posterFolders } from './fonts.ts'
import { qrSquares } from './qr.ts'

const folder = dirname(fileURLToPath(import.meta.url))

/** Its fonts take longer to load than a sheet to be set: one serves all kinds. */
let compiler: NodeCompiler | undefined
const templates = new Map<string, string>()

/**
 * A sheet as a PDF, fonts embedded: `<kind>.typ` is handed the words under its own name. `date` is the day of making, YYYY-MM-DD.
 * @throws {Error} when the typesetter refuses, in its own words
 */
export function sheetPdf(kind: 'poster' | 'slips' | 'seats' | 'certificate', words: object, date: string): Buffer {
  compiler ??= NodeCompiler.create({ workspace: folder, fontArgs: [{ fontPaths: posterFolders }] })
  const mainFileContent = templates.get(kind) ?? readFileSync(`${folder}/${kind}.typ`, 'utf8')
  templates.set(kind, mainFileContent)
  const [year, month, day] = date.split('-').map(Number)
  const sheet = { ...words, day: { year, month, day } }
  try {
    return compiler.pdf(
      { mainFileContent, inputs: { [kind]: JSON.stringify(sheet) } },
      { creationTimestamp: Date.parse(date) / 1000 },
    )
  } finally {
    compiler.evictCache(0)
  }
}

/** One picture point a square: printers draw them as sharp as they can, and none has a seam. */
export function qrPicture(link: string): { size: number; luma: number[] } {
  const { size, dark } = qrSquares(link)
  return { size, luma: dark.map((isDark) => (isDark ? 0 : 255)) }
}

/** The typesetter never breaks inside a Latin word, such as a long address: it is told where it may. */
export function breakable(text: string): string {
  return text.replace(/[!-~\u00a1-\u02ff]{24,}/g, (word) => [...word].join('\u200b'))
}
