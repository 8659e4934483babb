/** Kinds of files that people may hand in. What a browser could run as a page (SVG, HTML) is none of them. */
export const fileKinds = {
  'image/png': isPng,
  'image/jpeg': isJpeg,
  'image/webp': isWebp,
  'application/pdf': isPdf,
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': (file: Buffer) => isOffice(file, 'xl/'),
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': (file: Buffer) => isOffice(file, 'word/'),
} as const

export type FileKind = keyof typeof fileKinds

/** The kind of a file by what is in it, whatever it is called; undefined where it is none of these, or goes on behind its own end. */
export function kindOf(file: Buffer): FileKind | undefined {
  const kinds = Object.keys(fileKinds) as FileKind[]
  return kinds.find((kind) => fileKinds[kind](file))
}

/** More would take a phone or a printer gigabytes to unpack. */
export const MOST_PIXELS = 60_000_000

const fits = (width: number, height: number) => width > 0 && height > 0 && width * height <= MOST_PIXELS

const has = (file: Buffer, at: number, bytes: string) =>
  file.subarray(at, at + bytes.length).equals(Buffer.from(bytes, 'latin1'))

/** A picture by its first bytes alone: cameras write more behind the end of theirs, and whoever unpacks it leaves that behind. */
export function pictureOf(file: Buffer): 'image/jpeg' | 'image/png' | 'image/webp' | 'image/heic' | undefined {
  if (has(file, 0, '\xff\xd8\xff')) return 'image/jpeg'
  if (has(file, 0, PNG)) return 'image/png'
  if (has(file, 0, 'RIFF') && has(file, 8, 'WEBP')) return 'image/webp'
  const isHeic = has(file, 4, 'ftyp') && /^(hei[cmsx]|hev[cmsx]|mif1|msf1)$/.test(file.toString('latin1', 8, 12))
  return isHeic ? 'image/heic' : undefined
}

/** Whether a page, a program, a PDF or an archive lies inside or behind what begins as something else. */
export function hidesDocument(file: Buffer): boolean {
  if (/<script|<!doctype|<html>|<html |<svg xmlns|<\?php |%PDF-\d\./i.test(file.toString('latin1'))) return true
  return file.subarray(-(0xffff + END_OF_ZIP)).includes('PK\x05\x06')
}

const PNG = '\x89PNG\r\n\x1a\n'

function isPng(file: Buffer): boolean {
  if (!has(file, 0, PNG) || !has(file, 12, 'IHDR') || file.length < 45) return false
  return has(file, file.length - 8, 'IEND') && fits(file.readUInt32BE(16), file.readUInt32BE(20))
}

function isJpeg(file: Buffer): boolean {
  if (!has(file, 0, '\xff\xd8\xff') || !has(file, file.length - 2, '\xff\xd9')) return false
  const frame = frameOf(file)
  return frame !== undefined && fits(frame.width, frame.height)
}

/** The size stands in the first frame header, behind segments of any length. */
function frameOf(file: Buffer): { width: number; height: number } | undefined {
  for (let at = 2; at + 9 < file.length && file[at] === 0xff; ) {
    const marker = file[at + 1]!
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return { height: file.readUInt16BE(at + 5), width: file.readUInt16BE(at + 7) }
    at += marker === 0xff ? 1 : 2 + file.readUInt16BE(at + 2)
  }
  return undefined
}

function isWebp(file: Buffer): boolean {
  if (!has(file, 0, 'RIFF') || !has(file, 8, 'WEBP') || file.length < 30) return false
  if (file.readUInt32LE(4) + 8 !== file.length) return false
  if (has(file, 12, 'VP8X')) return fits(file.readUIntLE(24, 3) + 1, file.readUIntLE(27, 3) + 1)
  if (has(file, 12, 'VP8 ')) return fits(file.readUInt16LE(26) & 0x3fff, file.readUInt16LE(28) & 0x3fff)
  const bits = file.readUInt32LE(21)
  return has(file, 12, 'VP8L') && fits((bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1)
}

function isPdf(file: Buffer): boolean {
  const tail = file.subarray(-1_024).toString('latin1')
  return has(file, 0, '%PDF-') && /%%EOF\s*$/.test(tail)
}

const END_OF_ZIP = 22

/** A ZIP from the first byte to the last, with the parts of such a document and without programs. */
function isOffice(file: Buffer, folder: string): boolean {
  const end = file.length - END_OF_ZIP
  if (!has(file, 0, 'PK\x03\x04') || end < 0 || !has(file, end, 'PK\x05\x06')) return false
  const [size, start] = [file.readUInt32LE(end + 12), file.readUInt32LE(end + 16)]
  if (start + size !== end) return false
  const directory = file.subarray(start, end).toString('latin1')
  return directory.includes('[Content_Types].xml') && directory.includes(folder) && !/vbaProject|\.\.\//.test(directory)
}
