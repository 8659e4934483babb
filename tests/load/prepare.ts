import type { ImportKind } from '../../shared/places/api.ts'
import { type Columns, importColumns } from '../../shared/places/columns.ts'
import { definition } from './answers.ts'

export interface Prepared {
  communities: string[]
}

/** Makes district YX with so many communities and publishes the shipped questionnaire as `needs2026`, all over HTTP. */
export async function prepare(url: URL, key: string, size: number): Promise<Prepared> {
  const headers = { authorization: `Bearer ${key}` }
  const call = async (path: string, body: object) => {
    const form = body instanceof FormData
    const reply = await fetch(new URL(path, url), {
      method: 'POST',
      headers: form ? headers : { ...headers, 'content-type': 'application/json' },
      body: form ? body : JSON.stringify(body),
    })
    if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`)
  }
  const extraServices = ['parking', 'greening']
  await call('/api/districts', { id: 1, code: 'YX', name: '压测区', demo: true, extraServices })
  const communities = Array.from({ length: size }, (_, index) => `C${String(index + 1).padStart(3, '0')}`)
  await call('/api/districts/YX/imports/subdistricts', csv('subdistricts', [{}]))
  await call(
    '/api/districts/YX/imports/communities',
    csv(
      'communities',
      communities.map((code) => ({ code, name: `${code}社区` })),
    ),
  )
  await call('/api/districts/YX/surveys/needs2026/versions', { title: '需求调查', definition })
  return { communities }
}

/** A file to import: the example of each column where a row says nothing else. */
function csv(kind: ImportKind, rows: Record<string, string>[]): FormData {
  const columns = Object.entries(importColumns[kind] as Columns)
  const lines = rows.map((row) => columns.map(([name, { example }]) => row[name] ?? example).join(','))
  const text = [columns.map(([, { title }]) => title).join(','), ...lines].join('\n')
  const form = new FormData()
  form.set('file', new Blob([text], { type: 'text/csv' }), `${kind}.csv`)
  return form
}
