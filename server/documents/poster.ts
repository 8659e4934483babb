import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { posterFolders } from './fonts.ts'
import { qrSquares } from './qr.ts'

/** A sheet that hangs on a wall, or four cards that are cut apart and stand on tables. Knows words and a code, not what they are about. */
export interface Poster {
  form: 'poster' | 'cards'
  /** What the file is called inside. */
  title: string
  /** The largest words, line by line. */
  headline: string[]
  /** Whom it speaks to. */
  place: string
  /** What it is about. */
  name: string
  /** What the code leads to. */
  link: string
  /** Beside the code, in large type. */
  caption: string
  steps: string[]
  /** For people who type: where to go, line by line, and the short code itself. */
  typing: string[]
  code: string
  /** Below, in the order of weight. */
  promises: string[]
  footer: string
  /** Says why it is not to be hung up yet. */
  mark?: string
  /** Day of making, YYYY-MM-DD. */
  date: string
}

const folder = dirname(fileURLToPath(import.meta.url))

let compiler: NodeCompiler | undefined
let template: string | undefined

/** The poster as a PDF of one A4 page, fonts embedded. @throws {Error} when the typesetter refuses, in its own words */
export function posterPdf(poster: Poster): Buffer {
  compiler ??= NodeCompiler.create({ workspace: folder, fontArgs: [{ fontPaths: posterFolders }] })
  template ??= readFileSync(`${folder}/poster.typ`, 'utf8')
  const { size, dark } = qrSquares(poster.link)
  const [year, month, day] = poster.date.split('-').map(Number)
  const sheet = {
    ...poster,
    headline: poster.headline.map(breakable),
    steps: poster.steps.map(breakable),
    promises: poster.promises.map(breakable),
    place: breakable(poster.place),
    name: breakable(poster.name),
    typing: poster.typing.map(breakable),
    footer: breakable(poster.footer),
    mark: poster.mark ?? null,
    day: { year, month, day },
    // One picture point a square: printers draw them as sharp as they can, and none has a seam.
    qr: { size, luma: dark.map((isDark) => (isDark ? 0 : 255)) },
  }
  try {
    return compiler.pdf(
      { mainFileContent: template, inputs: { poster: JSON.stringify(sheet) } },
      { creationTimestamp: Date.parse(poster.date) / 1000 },
    )
  } finally {
    compiler.evictCache(0)
  }
}

/** The typesetter never breaks inside a Latin word, such as a long address: it is told where it may. */
export function breakable(text: string): string {
  return text.replace(/[!-~\u00a1-\u02ff]{24,}/g, (word) => [...word].join('\u200b'))
}
