import { BadFile } from './upload-limits.ts'

/** Hears of an XML text part by part. Names come without their prefix. */
export interface Listener {
  open(name: string, attributes: string): void
  text(text: string): void
  close(name: string): void
}

/** No tag or text of a spreadsheet is longer. */
const LONGEST_PART = 1_000_000

/**
 * Listens to XML that arrives in pieces, so that a large sheet is never in memory as a whole. It knows the XML of spreadsheets
 * only: a document type is refused, since nothing but an attack has one, and entities other than the five are left as they stand.
 */
export function xmlReader(listener: Listener): (piece: string) => void {
  let pending = ''
  return (piece) => {
    pending += piece
    let at = 0
    for (;;) {
      const start = pending.indexOf('<', at)
      const end = start < 0 ? -1 : endOfMarkup(pending, start)
      if (end < 0) break
      if (start > at) listener.text(unescaped(pending.slice(at, start)))
      hear(pending.slice(start, end), listener)
      at = end
    }
    pending = pending.slice(at)
    if (pending.length > LONGEST_PART) throw new BadFile('文件内容不正常，请用 Excel 或 WPS 重新保存后再导入。')
  }
}

const closings: [string, string][] = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
  ['<', '>'],
]

function endOfMarkup(text: string, start: number): number {
  const [, closing] = closings.find(([opening]) => text.startsWith(opening, start))!
  const end = text.indexOf(closing, start)
  return end < 0 ? -1 : end + closing.length
}

function hear(markup: string, listener: Listener): void {
  if (markup.startsWith('<![CDATA[')) listener.text(markup.slice(9, -3))
  else if (markup.startsWith('<!DOCTYPE'))
    throw new BadFile('文件含有文档类型声明，不能导入；请用 Excel 或 WPS 重新保存。')
  else if (markup.startsWith('</')) listener.close(localName(markup.slice(2, -1).trim()))
  else if (!markup.startsWith('<!') && !markup.startsWith('<?')) element(markup, listener)
}

function element(markup: string, listener: Listener): void {
  const empty = markup.endsWith('/>')
  const inside = markup.slice(1, empty ? -2 : -1)
  const space = inside.search(/\s/)
  const name = localName(space < 0 ? inside : inside.slice(0, space))
  listener.open(name, space < 0 ? '' : inside.slice(space))
  if (empty) listener.close(name)
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function unescaped(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi, (whole, hex, decimal, name) => {
    if (name) return named[name.toLowerCase()]!
    const point = hex ? Number.parseInt(hex, 16) : Number(decimal)
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole
  })
}

const names = [
  'r',
  's',
  't',
  'id',
  'ref',
  'name',
  'state',
  'Id',
  'Target',
  'numFmtId',
  'formatCode',
  'date1904',
] as const
type Name = (typeof names)[number]

const patterns = Object.fromEntries(
  names.map((name) => [name, new RegExp(`\\s(?:\\w+:)?${name}=(?:"([^"]*)"|'([^']*)')`)]),
) as Record<Name, RegExp>

/** The value of an attribute, whatever its prefix. */
export function attribute(attributes: string, name: Name): string | undefined {
  const found = patterns[name].exec(attributes)
  return found ? unescaped(found[1] ?? found[2]!) : undefined
}
