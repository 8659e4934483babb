import type { FastifyInstance } from 'fastify'
import { strToU8, zipSync } from 'fflate'
import { queryIn } from '../../server/db/district.ts'
import type { ImportKind } from '../../shared/places/api.ts'
import { staff } from '../setup/app.ts'

/** A member of staff uploads a file. `took` is the server's time in milliseconds. */
export async function upload(app: FastifyInstance, kind: ImportKind, file: Buffer | string, name = '表.xlsx') {
  const form = new FormData()
  form.append('file', new Blob([file as BlobPart]), name)
  const encoded = new Response(form)
  const payload = Buffer.from(await encoded.arrayBuffer())
  const headers = { ...staff, 'content-type': encoded.headers.get('content-type')! }
  const started = performance.now()
  const answer = await app.inject({ method: 'POST', url: `/api/districts/YX/imports/${kind}`, headers, payload })
  return Object.assign(answer, { took: performance.now() - started })
}

/** Everything stored about places, as text: equal before and after a refusal. */
export async function stored(app: FastifyInstance): Promise<string> {
  const tables = [
    'districts',
    'place_versions',
    'catalogues',
    'subdistricts',
    'communities',
    'blocks',
    'compounds',
    'facilities',
    'sites',
  ]
  const rows = tables.map((table) => queryIn(app.pg.pool, 1, { text: `select t::text from ${table} t order by 1` }))
  return JSON.stringify((await Promise.all(rows)).map((result) => result.rows))
}

export async function makeDistrict(app: FastifyInstance, id = 1, code = 'YX'): Promise<void> {
  const body = { id, code, name: '测试区', demo: false, extraServices: ['parking'] }
  const answer = await app.inject({ method: 'POST', url: '/api/districts', headers: staff, payload: body })
  if (answer.statusCode !== 201) throw new Error(answer.body)
}

const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** The parts of a workbook whose only sheet holds this XML. */
export function parts(sheetXml: string): Record<string, Uint8Array> {
  return {
    'xl/workbook.xml': strToU8(
      `<workbook xmlns:r="${relation}"><sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': strToU8(
      `<Relationships><Relationship Id="rId1" Type="${relation}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    ),
    'xl/worksheets/sheet1.xml': strToU8(`<worksheet>${sheetXml}</worksheet>`),
  }
}

export function workbook(sheetXml: string, more: Record<string, Uint8Array> = {}): Buffer {
  return Buffer.from(zipSync({ ...parts(sheetXml), ...more }))
}

/** A row of a sheet, every cell a text. */
export function xmlRow(line: number, cells: string[]): string {
  return `<row r="${line}">${cells.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join('')}</row>`
}

/** The same archive with another uncompressed size written into its directory, for the entry whose name ends so. */
export function claiming(zip: Buffer, nameEnd: string, bytes: number): Buffer {
  const file = Buffer.from(zip)
  for (let at = file.indexOf('PK\x01\x02', 0, 'latin1'); at >= 0; at = file.indexOf('PK\x01\x02', at + 4, 'latin1')) {
    const name = file.toString('utf8', at + 46, at + 46 + file.readUInt16LE(at + 28))
    if (name.endsWith(nameEnd)) file.writeUInt32LE(bytes, at + 24)
  }
  return file
}
