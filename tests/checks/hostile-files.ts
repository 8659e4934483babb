import { crc32, deflateRawSync, constants as zlib } from 'node:zlib'

// crc32 came to Node 20 with 20.15; the checksum is written so that nothing but the hostile part is wrong about an archive.

interface Part {
  name: string
  packed: Buffer
  /** What the archive says that comes out. */
  bytes: number
  crc: number
  method: number
  flags: number
}

function part(name: string, content: Buffer | string, more: Partial<Part> = {}): Part {
  const data = Buffer.from(content)
  return { name, packed: deflateRawSync(data), bytes: data.length, crc: crc32(data), method: 8, flags: 0x800, ...more }
}

/** A ZIP archive, written by hand so that it can lie. */
function archive(parts: Part[]): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const one of parts) {
    const name = Buffer.from(one.name)
    const common = Buffer.alloc(26)
    const fields = [20, one.flags, one.method, 0, 33] as const
    for (const [index, value] of fields.entries()) common.writeUInt16LE(value, index * 2)
    common.writeUInt32LE(one.crc, 10)
    common.writeUInt32LE(one.packed.length, 14)
    common.writeUInt32LE(one.bytes, 18)
    common.writeUInt16LE(name.length, 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, name, one.packed])
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(offset, 10)
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, rest, name]))
    bodies.push(local)
    offset += local.length
  }
  const end = Buffer.alloc(18)
  const size = directory.reduce((sum, each) => sum + each.length, 0)
  end.writeUInt16LE(parts.length, 4)
  end.writeUInt16LE(parts.length, 6)
  end.writeUInt32LE(size, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...bodies, ...directory, Buffer.from('PK\x05\x06', 'latin1'), end])
}

const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const book = `<workbook xmlns:r="${relation}"><sheets><sheet name="1" sheetId="1" r:id="r1"/></sheets></workbook>`
const links = `<Relationships><Relationship Id="r1" Type="${relation}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`
const around = [part('xl/workbook.xml', book), part('xl/_rels/workbook.xml.rels', links)]

function workbook(sheet: Part, more: Part[] = []): Buffer {
  return archive([...around, sheet, ...more])
}

const SHEET = 'xl/worksheets/sheet1.xml'

/** A row of texts; a cell that is XML already stays as it is. */
function row(cells: string[]): string {
  const xml = cells.map((cell) => (cell.startsWith('<c') ? cell : `<c t="inlineStr"><is><t>${cell}</t></is></c>`))
  return `<row>${xml.join('')}</row>`
}

function sheet(rows: string[][], after = ''): Part {
  return part(SHEET, `<worksheet><sheetData>${rows.map(row).join('')}</sheetData>${after}</worksheet>`)
}

/** Ten megabytes that become ten gigabytes: one packed megabyte of blanks, over and over. */
function bomb(claimed: number): Buffer {
  const megabyte = deflateRawSync(Buffer.alloc(1024 * 1024, ' '), { finishFlush: zlib.Z_FULL_FLUSH })
  const times = Math.floor(9_900_000 / megabyte.length)
  const begin = deflateRawSync('<worksheet><sheetData>', { finishFlush: zlib.Z_FULL_FLUSH })
  const packed = Buffer.concat([
    begin,
    ...Array<Buffer>(times).fill(megabyte),
    deflateRawSync('</sheetData></worksheet>'),
  ])
  return workbook({ ...part(SHEET, ''), packed, bytes: claimed })
}

const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
const png = Buffer.concat([
  Buffer.from('89504e470d0a1a0a0000000d49484452000075300000753008060000', 'hex'),
  Buffer.alloc(4_000, 7),
])
const oldExcel = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(8_000)])
const locked = Buffer.concat([oldExcel, Buffer.from('EncryptedPackage', 'utf16le'), Buffer.alloc(500)])

/** Part of the name of everything that an archive tries to write where it should not. */
export const PLANTED = 'yixu-planted'

const headings = ['网格代码', '网格名称']
const good = [headings, ['B1', '第一街区']]
const rows = (count: number) => Array.from({ length: count }, (_, index) => [`B${index}`, '街区'])

/** Uploads of street blocks that must be refused, each with what is the matter. */
export const hostileFiles: [string, () => Buffer | string][] = [
  ['nothing', () => ''],
  ['10 MB that become 10 GB, and say so', () => bomb(0xffff_fffe)],
  ['10 MB that become 10 GB, and say 99 MB', () => bomb(99 * 1024 * 1024)],
  ['10 MB that become 10 GB, and say 5 kB', () => bomb(5_000)],
  ['an entry named ../', () => workbook(sheet(good), [part(`../../${PLANTED}.txt`, 'x')])],
  ['an entry named /tmp/', () => workbook(sheet(good), [part(`/tmp/${PLANTED}.txt`, 'x')])],
  ['an entry named ..\\', () => workbook(sheet(good), [part(`xl\\..\\..\\${PLANTED}.txt`, 'x')])],
  ['an entry named C:', () => workbook(sheet(good), [part(`C:\\${PLANTED}.txt`, 'x')])],
  [
    '60,000 entries',
    () =>
      workbook(
        sheet(good),
        Array.from({ length: 60_000 }, (_, index) => part(`x/${index}`, '')),
      ),
  ],
  ['encrypted entries', () => workbook({ ...sheet(good), flags: 0x801 })],
  ['another compression', () => workbook({ ...sheet(good), method: 14 })],
  ['a workbook with a password', () => locked],
  ['an old .xls', () => oldExcel],
  ['an SVG with a script', () => svg],
  ['a picture of 30,000 × 30,000 points', () => png],
  ['a picture with a workbook behind it', () => Buffer.concat([png, workbook(sheet(good))])],
  [
    'a script with a workbook behind it',
    () => Buffer.concat([Buffer.from('#!/bin/sh\nexit\n'), workbook(sheet(good))]),
  ],
  ['a web page', () => '<!doctype html><html><script>alert(1)</script></html>'],
  ['a PDF', () => `%PDF-1.7\n${'x'.repeat(5_000)}`],
  ['an archive that is no workbook', () => archive([part('readme.txt', 'x')])],
  ['an archive cut short', () => workbook(sheet(rows(200))).subarray(0, 900)],
  ['a workbook with macros', () => workbook(sheet(good), [part('xl/vbaProject.bin', 'x')])],
  [
    'entities that multiply',
    () => workbook(part(SHEET, `<!DOCTYPE x [<!ENTITY a "${'a'.repeat(1_000)}">]><worksheet/>`)),
  ],
  ['100,000 rows', () => workbook(sheet([headings, ...rows(100_000)]))],
  ['100,000 rows as CSV', () => [headings, ...rows(100_000)].join('\n')],
  ['merged cells', () => workbook(sheet(good, '<mergeCells><mergeCell ref="A2:B2"/></mergeCells>'))],
  ['a formula', () => workbook(sheet([headings, ['B1', '<c r="B2" t="str"><f>1+1</f><v>街区</v></c>']]))],
  ['a code that comes twice', () => workbook(sheet([headings, ['B1', '甲'], ['B1', '乙']]))],
  [
    'a heading that is not known',
    () =>
      workbook(
        sheet([
          [...headings, 'role'],
          ['B1', '甲', 'admin'],
        ]),
      ),
  ],
  ['NUL in a text', () => '网格代码,网格名称\nB1,甲\0乙\n'],
]

/** A file of as many bytes as nobody should send. */
export const tooLarge = (): Buffer => Buffer.alloc(50 * 1024 * 1024, 65)

/** What the hostile ones would be without what makes them hostile. */
export const harmless = (): Buffer => workbook(sheet([headings, ['GOOD', '好街区']]))
