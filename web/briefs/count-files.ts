/** PK 3 4: each file of a ZIP begins with it (APPNOTE 4.3.7). */
const signature = [0x50, 0x4b, 0x03, 0x04]

/** Counts the files of a ZIP as its bytes arrive; a beginning may be cut in two by the pieces. */
export function fileCounter(): (piece: Uint8Array) => number {
  let files = 0
  let matched = 0
  return (piece) => {
    for (const byte of piece) {
      if (byte === signature[matched]) matched++
      else matched = byte === signature[0] ? 1 : 0
      if (matched < signature.length) continue
      files++
      matched = 0
    }
    return files
  }
}
