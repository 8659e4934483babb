/** PK 3 4: each file of a ZIP begins with it; 26 bytes of description follow, then its name (APPNOTE 4.3.7). */
const signature = [0x50, 0x4b, 0x03, 0x04]
const headerLength = 30
const nameLengthAt = 26

/** DOCX and XLSX are ZIPs themselves: files inside of them have other names. */
const isOurs = (name: string): boolean => /\.(docx|pdf|xlsx|csv)$/.test(name)

export interface Counted {
  files: number
  /** Each brief is there as a PDF, beside its other forms. */
  briefs: number
}

/** Counts the files of a ZIP of briefs as its bytes arrive; a beginning may be cut in two by the pieces. */
export function fileCounter(): (piece: Uint8Array) => Counted {
  let [files, briefs] = [0, 0]
  let left = new Uint8Array(0)
  return (piece) => {
    const bytes = new Uint8Array(left.length + piece.length)
    bytes.set(left)
    bytes.set(piece, left.length)
    let at = next(bytes, 0)
    for (; at + headerLength <= bytes.length; at = next(bytes, at + 1)) {
      const name = nameAt(bytes, at)
      if (name === undefined) break
      if (isOurs(name)) files++
      if (name.endsWith('.pdf')) briefs++
    }
    left = bytes.slice(at)
    return { files, briefs }
  }
}

/** Where the next file begins, or may begin at the end of what has come. */
function next(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(signature[0]!, from); at >= 0; at = bytes.indexOf(signature[0]!, at + 1)) {
    if (signature.every((byte, i) => at + i >= bytes.length || bytes[at + i] === byte)) return at
  }
  return bytes.length
}

/** The name of the file that begins here; undefined until all of it has come. */
function nameAt(bytes: Uint8Array, at: number): string | undefined {
  const start = at + headerLength
  const end = start + bytes[at + nameLengthAt]! + 256 * bytes[at + nameLengthAt + 1]!
  return end <= bytes.length ? new TextDecoder().decode(bytes.subarray(start, end)) : undefined
}
