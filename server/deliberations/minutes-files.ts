import type { Document } from '../../shared/document.ts'
import type { Renderer } from '../documents/renderer.ts'

export type MinutesFormat = 'docx' | 'pdf'

/** Of so many minutes the files are kept, since a whole hall may ask for them in the same evening. */
const MOST_KEPT = 20

export interface MinutesFiles {
  /** A file of minutes; what is frozen is made once. @throws {Refusal} busy */
  of(minutes: { document: Document; sha256: string | null }, format: MinutesFormat): Promise<Uint8Array>
}

export function minutesFiles(renderer: Renderer): MinutesFiles {
  const kept = new Map<string, Promise<Uint8Array>>()
  const made = async (document: Document, format: MinutesFormat) => (await renderer.render(document, [format]))[format]
  return {
    async of({ document, sha256 }, format) {
      if (!sha256) return await made(document, format)
      const key = `${sha256}.${format}`
      const file = kept.get(key) ?? made(document, format)
      kept.delete(key)
      kept.set(key, file)
      file.catch(() => kept.delete(key))
      if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value!)
      return await file
    },
  }
}
