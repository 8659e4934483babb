import type { Format } from '../../shared/briefs/api.ts'
import type { Document } from '../../shared/document.ts'
import type { Renderer } from '../documents/renderer.ts'

/** Formats that are made from the stored text; JSON is that text. */
export const rendered = ['docx', 'pdf', 'xlsx'] as const
export type Rendered = (typeof rendered)[number]

/** Files of a stored brief. @throws {Refusal} busy */
export async function renderBrief<F extends Rendered>(
  renderer: Renderer,
  document: string,
  formats: F[],
): Promise<Record<F, Uint8Array>> {
  return await renderer.render(JSON.parse(document) as Document, formats)
}

/** One file of a stored brief; as JSON it is the stored text itself, byte for byte. @throws {Refusal} busy */
export async function fileOf(renderer: Renderer, document: string, format: Format): Promise<Uint8Array> {
  if (format === 'json') return Buffer.from(document)
  return (await renderBrief(renderer, document, [format]))[format]
}
