/** The parts of a workbook around its sheets, as XML. */

export const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packageRelations = 'http://schemas.openxmlformats.org/package/2006/relationships'

export interface Properties {
  title?: string
  issuer?: string
  /** ISO date. */
  date?: string
}

/** Text for XML: what XML forbids is dropped, line ends are kept, and what a spreadsheet would read as an escape is escaped. */
export function escaped(words: string): string {
  return words
    .replace(/\p{Cs}/gu, '\ufffd')
    .replace(/\r\n?/g, '\n')
    .replace(/(?![\t\n])\p{Cc}|[\ufffe\uffff]/gu, '')
    .slice(0, 32_767)
    .replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_')
    .replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`)
}

/** The list of sheets, each with the row of column titles that is repeated on every printed page. */
export function workbook(names: string[], titleRows: number[]): string {
  const list = names.map((name, i) => `<sheet name="${escaped(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`)
  const titles = names.map((name, i) => {
    const quoted = escaped(name.replaceAll("'", "''"))
    const first = titleRows[i]
    return `<definedName name="_xlnm.Print_Titles" localSheetId="${i}">'${quoted}'!$${first}:$${first}</definedName>`
  })
  return `<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${list.join('')}</sheets><definedNames>${titles.join('')}</definedNames></workbook>`
}

export function contentTypes(count: number): string {
  const kind = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
  const sheets = Array.from(
    { length: count },
    (_, i) => `<Override PartName="/xl/worksheets/sheet${i + 1}.xml" ContentType="${kind}.worksheet+xml"/>`,
  )
  return [
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">',
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
    '<Default Extension="xml" ContentType="application/xml"/>',
    `<Override PartName="/xl/workbook.xml" ContentType="${kind}.sheet.main+xml"/>`,
    `<Override PartName="/xl/styles.xml" ContentType="${kind}.styles+xml"/>`,
    '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>',
    ...sheets,
    '</Types>',
  ].join('')
}

export function relations(targets: [type: string, target: string][]): string {
  const base = (type: string) => (type.startsWith('metadata/') ? packageRelations : office)
  const list = targets.map(
    ([type, target], i) => `<Relationship Id="rId${i + 1}" Type="${base(type)}/${type}" Target="${target}"/>`,
  )
  return `<Relationships xmlns="${packageRelations}">${list.join('')}</Relationships>`
}

export function core(properties: Properties): string {
  const moment = `${(properties.date ?? '2000-01-01').slice(0, 10)}T00:00:00Z`
  const stamp = (name: string) => `<dcterms:${name} xsi:type="dcterms:W3CDTF">${moment}</dcterms:${name}>`
  return [
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"',
    ' xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">',
    `<dc:title>${escaped(properties.title ?? '')}</dc:title><dc:creator>${escaped(properties.issuer ?? '')}</dc:creator>`,
    `${stamp('created')}${stamp('modified')}</cp:coreProperties>`,
  ].join('')
}
