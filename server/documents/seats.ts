import { breakable, qrPicture, sheetPdf } from './sheet.ts'

/** Numbered cards for seats, eight a page, each with a code of its own; they are cut apart and held up. */
export interface Seats {
  /** What the file is called inside. */
  title: string
  /** Where, and what it is about. */
  place: string
  name: string
  /** Beside the code. */
  caption: string
  /** What somebody without a phone does with the card. */
  advice: string
  /** Says why they are not to be handed out yet. */
  mark?: string
  /** The number on each card, and what its code leads to. */
  seats: { number: number; link: string }[]
  /** Day of making, YYYY-MM-DD. */
  date: string
}

/** The cards as a PDF of A4 pages, fonts embedded. @throws {Error} when the typesetter refuses, in its own words */
export function seatsPdf(sheet: Seats): Buffer {
  const words = {
    ...sheet,
    place: breakable(sheet.place),
    name: breakable(sheet.name),
    mark: sheet.mark ?? null,
    seats: sheet.seats.map(({ number, link }) => ({ number, qr: qrPicture(link) })),
  }
  return sheetPdf('seats', words, sheet.date)
}
