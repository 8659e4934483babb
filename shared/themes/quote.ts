/** A piece of a text: from where to where. */
export type Piece = [from: number, to: number]

/** What stands where something was left out. */
export const GAP = '……'

/**
 * Where the pieces of a quotation stand in the masked text, in order; undefined where it says anything that the text does
 * not. Whoever quotes may leave out, and `……` says where, but may not add.
 */
export function piecesOf(masked: string, quoted: string): Piece[] | undefined {
  const parts = quoted.split(/…+|\.{3,}/u).map((part) => part.trim())
  const pieces: Piece[] = []
  let from = 0
  for (const part of parts.filter((each) => each !== '')) {
    const at = masked.indexOf(part, from)
    if (at < 0 || cutsMark(masked, at, at + part.length)) return undefined
    from = at + part.length
    pieces.push([at, from])
  }
  return pieces.length > 0 ? pieces : undefined
}

/** A mask that is cut in two would read like the resident's own words. */
function cutsMark(masked: string, from: number, to: number): boolean {
  const within = (at: number) => masked.lastIndexOf('〔', at - 1) > masked.lastIndexOf('〕', at - 1)
  // Before the first character there is nothing, but to look from -1 is to look at the first.
  return (from > 0 && within(from)) || within(to)
}

/** The quotation as it is printed. */
export function quotedOf(masked: string, pieces: readonly Piece[]): string {
  const first = pieces[0]?.[0] ?? 0
  const last = pieces.at(-1)?.[1] ?? 0
  const words = pieces.map(([from, to]) => masked.slice(from, to)).join(GAP)
  return `${first > 0 ? GAP : ''}${words}${last < masked.trimEnd().length ? GAP : ''}`
}
