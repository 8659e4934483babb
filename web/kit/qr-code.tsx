import { create } from 'qrcode'

/** Light squares around the code, which readers need. */
const MARGIN = 4

/** A text as a QR code, drawn on the page itself: no other machine is asked for it. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { modules } = create(text, { errorCorrectionLevel: 'M' })
  const side = modules.size + 2 * MARGIN
  return (
    <svg className="qr" viewBox={`0 0 ${side} ${side}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <rect width={side} height={side} fill="#fff" />
      <path d={squares(modules.size, (row, column) => modules.get(row, column) === 1)} fill="#000" />
    </svg>
  )
}

function squares(size: number, isDark: (row: number, column: number) => boolean): string {
  const cells = Array.from({ length: size * size }, (_, at) => [Math.floor(at / size), at % size] as const)
  return cells
    .filter(([row, column]) => isDark(row, column))
    .map(([row, column]) => `M${column + MARGIN} ${row + MARGIN}h1v1h-1z`)
    .join('')
}
