import { breakable, qrPicture, sheetPdf } from './sheet.ts'

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

/** The slips as a PDF of A4 pages, fonts embedded. @throws {Error} when the typesetter refuses, in its own words */
export function slipsPdf(slips: Slips): Buffer {
  const sheet = {
    ...slips,
    place: breakable(slips.place),
    name: breakable(slips.name),
    typing: breakable(slips.typing),
    mark: slips.mark ?? null,
    slips: slips.slips.map(({ code, link }) => ({ code, qr: qrPicture(link) })),
  }
  return sheetPdf('slips', sheet, slips.date)
}
