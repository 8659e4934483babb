import { inflateSync } from 'node:zlib'

/** What a PDF says about itself, read from its objects and not from the program that wrote it (ISO 32000-1). */
export interface ReadPdf {
  pages: { widthPt: number; heightPt: number; text: string; lines: Line[] }[]
  fonts: { name: string; embedded: boolean }[]
  images: number
  info: string
}

/** What one operator shows: a line or a part of one. */
export interface Line {
  text: string
  sizePt: number
}

interface Obj {
  dict: string
  stream?: Buffer
}

export function readPdf(file: Buffer): ReadPdf {
  const objects = new Map<string, Obj>()
  const source = file.toString('latin1')
  for (const match of source.matchAll(/^(\d+) 0 obj\n([\s\S]*?)\nendobj/gm)) objects.set(match[1]!, object(match[2]!))
  const all = [...objects.values()]
  return {
    pages: all.filter((one) => /\/Type \/Page\b(?!s)/.test(one.dict)).map((one) => page(one, objects)),
    fonts: all
      .filter((one) => one.dict.includes('/Type /FontDescriptor'))
      .map((one) => ({ name: /\/FontName \/(\S+)/.exec(one.dict)![1]!, embedded: /\/FontFile[23]? /.test(one.dict) })),
    images: all.filter((one) => one.dict.includes('/Subtype /Image')).length,
    info: all
      .filter((one) => one.dict.includes('/Title') && one.dict.includes('/Creator'))
      .map((one) => one.dict)
      .join(''),
  }
}

function object(body: string): Obj {
  const at = body.indexOf('\nstream\n')
  if (at < 0) return { dict: body }
  const bytes = Buffer.from(body.slice(at + 8, body.lastIndexOf('\nendstream')), 'latin1')
  const dict = body.slice(0, at)
  return { dict, stream: dict.includes('FlateDecode') && !dict.includes('/Image') ? inflateSync(bytes) : bytes }
}

const reference = (dict: string, key: string, objects: Map<string, Obj>): Obj | undefined =>
  objects.get(new RegExp(`/${key} (\\d+) 0 R`).exec(dict)?.[1] ?? '')

function page(one: Obj, objects: Map<string, Obj>): ReadPdf['pages'][number] {
  const [, , , width, height] = /\/MediaBox \[(\S+) (\S+) (\S+) (\S+)\]/.exec(one.dict)!.map(Number)
  const resources = reference(one.dict, 'Resources', objects)!.dict
  const content = hexed(reference(one.dict, 'Contents', objects)!.stream!.toString('latin1'))
  const lines: Line[] = []
  const saved: Font[] = []
  let font: Font = { map: new Map(), sizePt: 0 }
  for (const [whole, name, size, shown] of content.matchAll(/\/(F\d+) (\S+) Tf|(\[[^\]]*\]|<[^>]*>) T[jJ]|^[qQ]$/gm)) {
    if (whole === 'q') saved.push(font)
    else if (whole === 'Q') font = saved.pop()!
    else if (name) font = { map: unicode(toUnicode(resources, name, objects)), sizePt: Number(size) }
    else lines.push({ text: letters(shown!, font.map), sizePt: font.sizePt })
  }
  return { widthPt: width!, heightPt: height!, text: lines.map((line) => line.text).join(''), lines }
}

interface Font {
  map: Map<string, string>
  sizePt: number
}

function toUnicode(resources: string, font: string, objects: Map<string, Obj>): Obj {
  return reference(reference(resources, font, objects)!.dict, 'ToUnicode', objects)!
}

function letters(shown: string, map: Map<string, string>): string {
  const glyphs = shown.matchAll(/[0-9a-f]{4}(?=[0-9a-f]*>)/gi)
  return [...glyphs].map(([hex]) => map.get(hex.toUpperCase()) ?? '\ufffd').join('')
}

/** The content with every literal string (…) written as a hexadecimal one <…>: brackets may nest in them, escapes may hide. */
function hexed(content: string): string {
  let out = ''
  for (let at = 0; at < content.length; at++) {
    if (content[at] !== '(') {
      out += content[at]
      continue
    }
    const begin = ++at
    for (let depth = 1; ; at++) {
      if (content[at] === '\\') at++
      else if (content[at] === '(') depth++
      else if (content[at] === ')' && --depth === 0) break
    }
    out += `<${Buffer.from(unescaped(content.slice(begin, at)), 'latin1').toString('hex')}>`
  }
  return out
}

function unescaped(literal: string): string {
  const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }
  return literal.replace(/\\([0-7]{1,3}|[\s\S])/g, (_, code: string) =>
    /^[0-7]/.test(code) ? String.fromCharCode(Number.parseInt(code, 8)) : (escapes[code] ?? code),
  )
}

function unicode(cmap: Obj): Map<string, string> {
  const hex = (text: string) => text.match(/.{4}/g)!.map((unit) => String.fromCharCode(Number.parseInt(unit, 16)))
  const pairs = cmap.stream!.toString('latin1').matchAll(/^<([0-9A-F]{4})> <([0-9A-F]+)>$/gm)
  return new Map([...pairs].map(([, glyph, char]) => [glyph!, hex(char!).join('')]))
}
