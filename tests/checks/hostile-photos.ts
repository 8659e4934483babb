import { crc32, deflateSync } from 'node:zlib'
import { zipSync } from 'fflate'
import sharp from 'sharp'

/** Points as a camera sees them, or of one colour and half transparent. */
export const points = (width: number, height: number, channels: 3 | 4 = 3) =>
  sharp({
    create: {
      ...{ width, height, channels, background: { r: 90, g: 140, b: 60, alpha: 0.5 } },
      ...(channels === 3 ? { noise: { type: 'gaussian' as const, mean: 128, sigma: 20 } } : {}),
    },
  })

export const plainPhoto = (width = 640, height = 480): Promise<Buffer> => points(width, height).jpeg().toBuffer()

/** A PNG that says it is of this size, whatever is in it. */
function pngOf(width: number, height: number, pixels: Buffer): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(data.length)
    sum.writeUInt32BE(crc32(body))
    return Buffer.concat([length, body, sum])
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 0, 0, 0, 0], 8)
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')
  const idat = chunk('IDAT', deflateSync(pixels))
  return Buffer.concat([signature, chunk('IHDR', header), idat, chunk('IEND', Buffer.alloc(0))])
}

const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
const page = '<!doctype html><html><script>alert(1)</script></html>'
const heic = Buffer.concat([Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), Buffer.alloc(4_000, 7)])
const zip = Buffer.from(zipSync({ 'a.txt': new Uint8Array(20_000_000) }))

/** What is called a picture and is none that may be kept. */
export const hostilePhotos: Record<string, () => Promise<Buffer | string> | Buffer | string> = {
  nothing: () => '',
  'a text': () => '我不是照片'.repeat(500),
  'an SVG': () => svg,
  'a web page': () => page,
  'a PDF': () => `%PDF-1.7\n${'x'.repeat(5_000)}\n%%EOF\n`,
  'an archive that becomes 20 MB': () => zip,
  'a picture from an iPhone as HEIC': () => heic,
  'a GIF': () => points(20, 20).gif().toBuffer(),
  'an AVIF': () => points(20, 20).avif({ effort: 0 }).toBuffer(),
  'a TIFF': () => points(20, 20).tiff().toBuffer(),
  'a JPEG cut short': async () => (await plainPhoto()).subarray(0, 9_000),
  'a PNG cut short': async () => (await points(300, 200).png().toBuffer()).subarray(0, 9_000),
  'a WebP cut short': async () => (await points(300, 200).webp().toBuffer()).subarray(0, 3_000),
  'only the beginning of a JPEG': () => Buffer.from('ffd8ffe000104a46494600', 'hex'),
  'a PNG of 30,000 × 30,000 points': () => pngOf(30_000, 30_000, Buffer.alloc(200_000)),
  'a PNG of 30,000 × 30,000 points that are all there': () => bomb,
  'a JPEG that says 60,000 × 60,000': async () => claimed(await plainPhoto(), 60_000),
  'a picture with an archive behind it': async () => Buffer.concat([await plainPhoto(), zip]),
  'a picture with a script behind it': async () => Buffer.concat([await plainPhoto(), Buffer.from(page)]),
  'a picture with a page in its comment': async () => commented(await plainPhoto(), page),
  'a picture with a PDF behind it': async () => Buffer.concat([await plainPhoto(), Buffer.from('%PDF-1.7\n%%EOF')]),
}

/** A row of 30,000 points and its filter, 30,000 times: 900 MB that pack into less than one. */
const bomb = pngOf(30_000, 30_000, Buffer.alloc(90_003_000))

function claimed(photo: Buffer, side: number): Buffer {
  const changed = Buffer.from(photo)
  const frame = changed.indexOf(Buffer.from([0xff, 0xc0]))
  changed.writeUInt16BE(side, frame + 5)
  changed.writeUInt16BE(side, frame + 7)
  return changed
}

function commented(photo: Buffer, text: string): Buffer {
  const note = Buffer.from(text)
  const head = Buffer.from([0xff, 0xfe, 0, note.length + 2])
  return Buffer.concat([photo.subarray(0, 2), head, note, photo.subarray(2)])
}
