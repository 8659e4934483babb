import type { Flag } from '../../shared/wishes/desk-api.ts'

export interface Piece {
  text: string
  flag?: Flag['kind']
}

/** A text cut where the word list marked something; places count code points. */
export function marked(text: string, flags: readonly Flag[]): Piece[] {
  const letters = [...text]
  const pieces: Piece[] = []
  let at = 0
  const cut = (to: number, flag?: Flag['kind']) => {
    if (to > at) pieces.push({ text: letters.slice(at, to).join(''), ...(flag && { flag }) })
    at = Math.max(at, to)
  }
  for (const { kind, from, to } of [...flags].sort((a, b) => a.from - b.from || b.to - a.to)) {
    cut(Math.min(from, letters.length))
    cut(Math.min(to, letters.length), kind)
  }
  cut(letters.length)
  return pieces
}

/** What stands in the place of something that is not for everybody. */
export const maskOf = ({ text, flag }: Piece): string => (flag === 'name' ? '某某' : '＊'.repeat([...text].length))

/** The same text with everything masked that was marked. */
export const masked = (text: string, flags: readonly Flag[]): string =>
  marked(text, flags)
    .map((piece) => (piece.flag ? maskOf(piece) : piece.text))
    .join('')
