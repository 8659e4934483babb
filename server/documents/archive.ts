import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate'

export interface Entry {
  name: string
  data: Uint8Array
}

/** Formats that are compressed already and only lose time by another round. */
const packed = /\.(docx|xlsx|pptx|pdf|png|jpe?g|webp|zip|gz|woff2)$/i
const slice = 64 * 1024

/** The moment a ZIP's clock begins; without a date given, equal entries give equal bytes. */
const epoch = new Date(1980, 0, 1)

/**
 * A ZIP file as a stream. One entry at a time is in memory, and the next is asked for only when the reader has taken the last; the event
 * loop is given back between slices. Names are UTF-8. @throws {Error} through the stream for a name that leaves the folder or comes twice
 */
export function zip(entries: AsyncIterable<Entry>, options: { modified?: Date } = {}): Readable {
  return Readable.from(chunks(entries, options.modified ?? epoch), { objectMode: false, highWaterMark: 4 * slice })
}

async function* chunks(entries: AsyncIterable<Entry>, modified: Date): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = []
  const archive = new Zip((error, chunk) => {
    if (error) throw error
    ready.push(chunk)
  })
  const names = new Set<string>()
  for await (const entry of entries) {
    const file = new (packed.test(entry.name) ? ZipPassThrough : ZipDeflate)(safeName(entry.name, names))
    file.mtime = modified
    archive.add(file)
    for (let at = 0; at === 0 || at < entry.data.length; at += slice) {
      file.push(entry.data.subarray(at, at + slice), at + slice >= entry.data.length)
      yield* ready.splice(0)
      await setImmediate()
    }
  }
  archive.end()
  yield* ready
}

function safeName(name: string, names: Set<string>): string {
  const parts = name.split('/')
  if (name === '' || /[\\\0:]/.test(name) || parts.includes('..') || parts.includes(''))
    throw new Error(`A name in a ZIP file must stay inside its folder: ${JSON.stringify(name)}`)
  if (names.has(name)) throw new Error(`Two files of one name in a ZIP file: ${JSON.stringify(name)}`)
  names.add(name)
  return name
}
