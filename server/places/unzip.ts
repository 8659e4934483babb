import { createInflateRaw } from 'node:zlib'
import { BadFile, limits } from './upload-limits.ts'

/** One file of a ZIP archive, as its directory describes it. */
export interface Entry {
  method: number
  compressedBytes: number
  bytes: number
  offset: number
}

const damaged = () => new BadFile('文件已损坏或不完整，请重新保存后再导入。')
const tooMuch = () => new BadFile('文件解压后太大，请删除多余的工作表、图片和格式后再导入。')

/** Reads the directory of an archive and refuses, before anything is inflated, what no spreadsheet program writes. @throws {BadFile} */
export function zipDirectory(file: Buffer): Map<string, Entry> {
  const end = file.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  if (end < 0 || end + 22 > file.length) throw damaged()
  const count = file.readUInt16LE(end + 10)
  if (count > limits.zipEntries) throw tooMuch()
  const entries = new Map<string, Entry>()
  let at = file.readUInt32LE(end + 16)
  let sum = 0
  for (let i = 0; i < count; i++) {
    const { name, entry, next } = directoryEntry(file, at)
    if (entries.has(name)) throw damaged()
    entries.set(name, entry)
    sum += entry.bytes
    if (sum > limits.unzippedBytes) throw tooMuch()
    at = next
  }
  return entries
}

function directoryEntry(file: Buffer, at: number): { name: string; entry: Entry; next: number } {
  if (at + 46 > file.length || file.readUInt32LE(at) !== 0x02014b50) throw damaged()
  if (file.readUInt16LE(at + 8) & 1) throw new BadFile('文件加了密码，请去掉密码另存后再导入。')
  const nameEnd = at + 46 + file.readUInt16LE(at + 28)
  const name = file.toString('utf8', at + 46, nameEnd)
  if (/(^|[\\/])\.\.([\\/]|$)|^[\\/]|^[A-Za-z]:|\0/.test(name))
    throw new BadFile('文件内部含有不正常的路径，不能导入；请用 Excel 或 WPS 重新保存。')
  const entry = {
    method: file.readUInt16LE(at + 10),
    compressedBytes: file.readUInt32LE(at + 20),
    bytes: file.readUInt32LE(at + 24),
    offset: file.readUInt32LE(at + 42),
  }
  return { name, entry, next: nameEnd + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32) }
}

/** The content of one entry, piece by piece; the directory may lie about its size, so what comes out is counted. @throws {BadFile} */
export async function* unzipped(file: Buffer, entry: Entry): AsyncGenerator<Buffer> {
  if (entry.offset + 30 > file.length || file.readUInt32LE(entry.offset) !== 0x04034b50) throw damaged()
  const start = entry.offset + 30 + file.readUInt16LE(entry.offset + 26) + file.readUInt16LE(entry.offset + 28)
  const packed = file.subarray(start, start + entry.compressedBytes)
  if (packed.length !== entry.compressedBytes) throw damaged()
  let bytes = 0
  try {
    for await (const piece of pieces(packed, entry.method)) {
      bytes += piece.length
      if (bytes > entry.bytes) throw tooMuch()
      yield piece
    }
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code?.startsWith('Z_') ? damaged() : error
  }
}

function pieces(packed: Buffer, method: number): AsyncIterable<Buffer> | Buffer[] {
  if (method === 0) return [packed]
  if (method !== 8) throw damaged()
  const inflate = createInflateRaw({ chunkSize: 64 * 1024 })
  inflate.end(packed)
  return inflate
}
