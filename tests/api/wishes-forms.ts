import { readdirSync } from 'node:fs'
import type { Headers, Said, Wishes } from './wishes-district.ts'

/** A field, or a file where it has a name. */
export type Part = [field: string, content: Buffer | string, name?: string]

/** Sends a form as a browser would. */
export async function sendForm(house: Wishes, path: string, parts: Part[], headers: Headers): Promise<Said> {
  const form = new FormData()
  for (const [field, content, name] of parts) {
    if (name === undefined) form.append(field, String(content))
    else form.append(field, new Blob([content as never]), name)
  }
  const encoded = new Response(form)
  const type = encoded.headers.get('content-type')!
  const site = headers.cookie ? { 'sec-fetch-site': 'same-origin' } : {}
  const reply = await house.app.inject({
    method: 'POST',
    url: `/api${path}`,
    headers: { ...site, ...headers, 'content-type': type },
    payload: Buffer.from(await encoded.arrayBuffer()),
  })
  return { status: reply.statusCode, body: reply.json() }
}

/** How many files lie on the disk, those of an upload under way among them. */
export function filesOf({ dataDir }: Pick<Wishes, 'dataDir'>): number {
  const entries = readdirSync(dataDir, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile() && /\/(files|incoming)(\/|$)/.test(entry.parentPath)).length
}
