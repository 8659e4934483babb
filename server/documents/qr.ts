import QRCode from 'qrcode'

/** A quarter of the code may be torn or stained: posters hang in stairwells. */
const options = { errorCorrectionLevel: 'Q', margin: 4 } as const

/** The text as a QR code, SVG. */
export function qrSvg(text: string): Promise<string> {
  return QRCode.toString(text, { ...options, type: 'svg' })
}

/** The text as a QR code, PNG of 600 pixels. */
export function qrPng(text: string): Promise<Buffer> {
  return QRCode.toBuffer(text, { ...options, type: 'png', width: 600 })
}
