import { inflateSync } from 'node:zlib'
import QRCode from 'qrcode'

/** Pictures of one point a square, as rows of dark and light, read from the objects of the file. */
export function pictures(file: Buffer): boolean[][][] {
  const source = file.toString('latin1')
  const found = source.matchAll(/<<([^>]*\/Subtype \/Image[\s\S]*?)>>\s*stream\r?\n([\s\S]*?)\r?\nendstream/g)
  return [...found].map(([, dict, body]) => {
    const number = (key: string) => Number(new RegExp(`/${key} (\\d+)`).exec(dict!)![1])
    const [width, height] = [number('Width'), number('Height')]
    const points = inflateSync(Buffer.from(body!, 'latin1'))
    const bytes = points.length / (width * height)
    return Array.from({ length: height }, (_, row) =>
      Array.from({ length: width }, (_, column) => points[(row * width + column) * bytes]! < 128),
    )
  })
}

/** What the QR code of this text looks like, with four light squares around it. */
export function squares(text: string): boolean[][] {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'Q' })
  const side = modules.size + 8
  const dark = (row: number, column: number) =>
    row >= 4 && column >= 4 && row < side - 4 && column < side - 4 && modules.get(row - 4, column - 4) === 1
  return Array.from({ length: side }, (_, row) => Array.from({ length: side }, (_, column) => dark(row, column)))
}
