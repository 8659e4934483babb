import { breakable, sheetPdf } from './sheet.ts'

/** A4 landscape, to be framed. */
export interface Certificate {
  /** The number by which it can be checked. */
  certificate: string
  /** What the file is called inside. */
  title: string
  /** To whom it is given. */
  name: string
  /** First and last day of what it is given for, YYYY-MM-DD. */
  from: string
  until: string
  fulfilled: number
  kinds: { name: string; n: number }[]
  issuer: string
  /** Says why it is none. */
  mark?: string
  /** Day of issue, YYYY-MM-DD. */
  date: string
}

const inWords = (day: string): string => {
  const [year, month, date] = day.split('-').map(Number)
  return `${year}年${month}月${date}日`
}

/** The certificate as a PDF of one page, fonts embedded. @throws {Error} when the typesetter refuses, in its own words */
export function certificatePdf({ from, until, ...certificate }: Certificate): Buffer {
  const words = {
    ...certificate,
    name: breakable(certificate.name),
    issuer: breakable(certificate.issuer),
    period: from === until ? inWords(from) : `${inWords(from)}至${inWords(until)}`,
    issued: inWords(certificate.date),
    mark: certificate.mark ?? null,
  }
  return sheetPdf('certificate', words, certificate.date)
}
