import { unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { toDocx } from '../../../server/documents/docx.ts'
import { toPdf } from '../../../server/documents/pdf.ts'
import { readPdf } from './pdf-reader.ts'
import { sample } from './sample.ts'

const twipsPerMm = 1440 / 25.4

describe('a DOCX', async () => {
  const file = await toDocx(sample())
  const parts = unzipSync(file)
  const part = (name: string) => Buffer.from(parts[name]!).toString('utf8')
  const xml = part('word/document.xml')
  const words = [...xml.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)].map((match) => match[1]).join('')
  const attribute = (tag: string, name: string) =>
    Number(new RegExp(`<w:${tag}[^>]* w:${name}="(-?\\d+)"`).exec(xml)![1])

  it('has the GB/T 9704 page: A4 with margins of 37, 35, 28 and 26 mm', () => {
    const millimetres = (name: string) => Math.round(attribute('pgMar', name) / twipsPerMm)
    expect(['top', 'bottom', 'left', 'right'].map(millimetres)).toEqual([37, 35, 28, 26])
    expect([attribute('pgSz', 'w'), attribute('pgSz', 'h')].map((size) => Math.round(size / twipsPerMm))).toEqual([
      210, 297,
    ])
  })

  it('sets body text in 16 pt 仿宋, lines of 28.95 pt, two characters in', () => {
    const paragraph = xml.match(/<w:p>(?:(?!<\/w:p>)[\s\S])*本次调查采取[\s\S]*?<\/w:p>/)![0]
    expect(paragraph).toMatch(/w:line="579"/)
    expect(paragraph).toMatch(/w:lineRule="exact"/)
    expect(paragraph).toMatch(/w:firstLineChars="200"/)
    expect(paragraph).toMatch(/<w:sz w:val="32"\/>/)
    for (const slot of ['ascii', 'hAnsi', 'eastAsia', 'cs']) expect(paragraph).toContain(`w:${slot}="仿宋_GB2312"`)
  })

  it('names the official fonts in all four slots everywhere, and open ones to fall back on', () => {
    const fonts = [...xml.matchAll(/<w:rFonts ([^>]*)\/>/g)].map((match) => match[1]!)
    for (const font of fonts) expect(font.match(/w:(ascii|hAnsi|eastAsia|cs)=/g)!.length).toBe(4)
    for (const name of ['方正小标宋简体', '仿宋_GB2312', '黑体', '楷体_GB2312']) {
      expect(xml).toContain(`w:eastAsia="${name}"`)
      expect(part('word/fontTable.xml')).toMatch(new RegExp(`w:name="${name}"><w:altName w:val="[^"]*Noto`))
    }
  })

  it('has real tables whose heads repeat, captions and numbers, and a described picture for every chart', () => {
    const blocks = sample().blocks
    const tables = blocks.filter((block) => block.kind === 'table').length
    expect(xml.match(/<w:tbl>/g)!.length).toBe(tables)
    expect(xml.match(/<w:tblHeader\/>/g)!.length).toBe(tables)
    expect(words.match(/表\d　/g)!.length).toBe(tables)
    const pictures = [...xml.matchAll(/<wp:docPr [^>]*descr="([^"]*)"/g)].map((match) => match[1]!)
    expect(pictures.length).toBe(blocks.filter((block) => block.kind === 'chart').length)
    expect(pictures[0]).toMatch(/图1　各渠道答卷份数。线上：答卷份数1203/)
  })

  it('prints grey figures grey', () => {
    expect(xml).toMatch(/<w:color w:val="737373"\/>(?:(?!<w:r>)[\s\S])*<w:t[^>]*>55\.4%/)
  })

  it('numbers odd pages on the right and even pages on the left', () => {
    const footers = Object.keys(parts).filter((name) => name.startsWith('word/footer'))
    expect(footers.length).toBe(3)
    expect(part('word/settings.xml')).toContain('<w:evenAndOddHeaders')
    expect(footers.filter((name) => part(name).includes('<w:jc w:val="right"/>')).length).toBe(1)
    expect(footers.filter((name) => part(name).includes('演示数据，不作为决策依据')).length).toBe(1)
    for (const name of footers) expect(part(name)).toMatch(/PAGE/)
  })

  it('carries the issuer as its author and no name of a machine or user', () => {
    const core = part('docProps/core.xml')
    expect(core).toContain('<dc:creator>示例区社区嵌入式服务设施建设工作专班</dc:creator>')
    expect(core).toContain('<cp:lastModifiedBy>示例区社区嵌入式服务设施建设工作专班</cp:lastModifiedBy>')
    expect(core.match(/2026-11-21T00:00:00Z/g)!.length).toBe(2)
  })

  it('is the same bytes for the same document', async () => {
    expect((await toDocx(sample())).equals(file)).toBe(true)
  })

  it('says the same as the PDF, word for word', async () => {
    const plain = (text: string) => text.replace(/[\s\u200b]|&#?\w+;/g, '')
    const printed = readPdf(await toPdf(sample()))
    const heads = ['序号设施名称服务性质面积（平方米）可服务人数备注', '服务答卷（份）需求率95%置信区间未满足率优先度']
    const once = (text: string) => heads.reduce((left, head) => left.replaceAll(head, ''), plain(text))
    const body = printed.pages.map((page) => page.text.replace(/— \d+ —|演示数据，不作为决策依据/g, '')).join('')
    expect(once(body)).toBe(once(words))
  })
})

describe('what a DOCX does with words from strangers', () => {
  it('stays well-formed and keeps them as words', async () => {
    const typed = '<w:p>&amp;"\'\u0000\ud800\u202e=1+1'
    const file = await toDocx({
      title: typed,
      issuer: typed,
      date: '2026-11-05',
      mark: typed,
      blocks: [
        { kind: 'paragraph', text: [typed] },
        { kind: 'table', code: 't', caption: typed, columns: [{ title: typed }], rows: [[typed]] },
      ],
    })
    for (const [name, bytes] of Object.entries(unzipSync(file))) {
      if (!/\.(xml|rels)$/.test(name)) continue
      const xml = Buffer.from(bytes).toString('utf8')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: XML forbids them
      expect(xml).not.toMatch(/[\x00-\x08\x0b\x0c\x0e-\x1f\u202e]/)
      expect(xml.replace(/<[^<>]*>/g, '')).not.toMatch(/[<>]/)
    }
    expect(Buffer.from(unzipSync(file)['word/document.xml']!).toString('utf8')).toContain('&lt;w:p&gt;&amp;amp;')
  })
})
