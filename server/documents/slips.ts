import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { posterFolders } from './fonts.ts'
import { breakable } from './poster.ts'
import { qrSquares } from './qr.ts'

/** Slips that are cut apart and handed over at doors, eight a page, each with a code of its own. */
export interface Slips {
  /** What the file is called inside. */
  title: string
  /** Whom it speaks to. */
  place: string
  /** What it is about. */
  name: string
  greeting: string
  /** Beside the code. */
  caption: string
  /** For people who type. */
  typing: string
  promise: string
  /** Says why they are not to be handed out yet. */
  mark?: string
  /** The number on each slip, and what its code leads to. */
  slips: { code: string; link: string }[]
  /** Day of making, YYYY-MM-DD. */
  date: string
}

const folder = dirname(fileURLToPath(import.meta.url))

let compiler: NodeCompiler | undefined
let template: string | undefined

/** The slips as a PDF of A4 pages, fonts embedded. @throws {Error} when the typesetter refuses, in its own words */
export function slipsPdf(slips: Slips): Buffer {
  compiler ??= NodeCompiler.create({ workspace: folder, fontArgs: [{ fontPaths: posterFolders }] })
  template ??= readFileSync(`${folder}/slips.typ`, 'utf8')
  const [year, month, day] = slips.date.split('-').map(Number)
  const sheet = {
    ...slips,
    place: breakable(slips.place),
    name: breakable(slips.name),
    typing: breakable(slips.typing),
    mark: slips.mark ?? null,
    day: { year, month, day },
    slips: slips.slips.map(({ code, link }) => ({ code, qr: pictureOf(link) })),
  }
  try {
    return compiler.pdf(
      { mainFileContent: template, inputs: { slips: JSON.stringify(sheet) } },
      { creationTimestamp: Date.parse(slips.date) / 1000 },
    )
  } finally {
    compiler.evictCache(0)
  }
}

/** One picture point a square: printers draw them as sharp as they can, and none has a seam. */
function pictureOf(link: string): { size: number; luma: number[] } {
  const { size, dark } = qrSquares(link)
  return { size, luma: dark.map((isDark) => (isDark ? 0 : 255)) }
}
