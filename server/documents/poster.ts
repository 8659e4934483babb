import { breakable, qrPicture, sheetPdf } from './sheet.ts'

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
  /** For people who type: where to go, line by line, and the short code itself, empty where there is none. */
  typing: string[]
  code: string
  /** Whether the short code is read and typed across a hall: then it is as large as the sheet allows. */
  largeCode?: boolean
  /** Below, in the order of weight. */
  promises: string[]
  footer: string
  /** Says why it is not to be hung up yet. */
  mark?: string
  /** Day of making, YYYY-MM-DD. */
  date: string
}

/** The poster as a PDF of one A4 page, fonts embedded. @throws {Error} when the typesetter refuses, in its own words */
export function posterPdf(poster: Poster): Buffer {
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
    largeCode: poster.largeCode ?? false,
    qr: qrPicture(poster.link),
  }
  return sheetPdf('poster', sheet, poster.date)
}
