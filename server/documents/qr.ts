import QRCode from 'qrcode'

/** A quarter of the code may be torn or stained: posters hang in stairwells. */
const options = { errorCorrectionLevel: 'Q', margin: 4 } as const

/** Dark and light squares of a QR code with the four light squares around it that readers need. */
export interface QrSquares {
  /** Squares on each side. */
  size: number
  /** Row by row, true where it is dark. */
  dark: boolean[]
}

/** The text as squares, for a typesetter that draws them itself. */
export function qrSquares(text: string): QrSquares {
  const { modules } = QRCode.create(text, options)
  const size = modules.size + 2 * options.margin
  const inside = (at: number) => at >= 0 && at < modules.size
  const dark = Array.from({ length: size * size }, (_, at) => {
    const row = Math.floor(at / size) - options.margin
    const column = (at % size) - options.margin
    return inside(row) && inside(column) && modules.get(row, column) === 1
  })
  return { size, dark }
}
