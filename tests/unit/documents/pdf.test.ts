import { describe, expect, it } from 'vitest'
import { toPdf } from '../../../server/documents/pdf.ts'
import type { Block, Document } from '../../../shared/document.ts'
import { readPdf } from './pdf-reader.ts'
import { sample } from './sample.ts'

const small = (blocks: Block[], more: Partial<Document> = {}): Document => ({
  title: '标题',
  issuer: '某某街道',
  date: '2026-11-05',
  blocks,
  ...more,
})

const say = (text: string): Block => ({ kind: 'paragraph', text: [text] })
const mm = 72 / 25.4

describe('a PDF', async () => {
  const file = await toPdf(sample())
  const pdf = readPdf(file)
  const text = pdf.pages.map((page) => page.text).join('')

  it('has A4 pages, every font embedded, and a picture for every chart', () => {
    expect(file.subarray(0, 5).toString()).toBe('%PDF-')
    expect(pdf.pages.length).toBeGreaterThan(8)
    for (const page of pdf.pages) {
      expect(page.widthPt / mm).toBeCloseTo(210, 0)
      expect(page.heightPt / mm).toBeCloseTo(297, 0)
    }
    expect(pdf.fonts.length).toBeGreaterThan(1)
    for (const font of pdf.fonts) expect(font.embedded).toBe(true)
    expect(pdf.images).toBe(sample().blocks.filter((block) => block.kind === 'chart').length)
  })

  it('can be searched: its words come out as they went in, numbered, with every glyph', () => {
    expect(text).not.toContain('\ufffd')
    for (const words of [
      '碑林区柿园路社区嵌入式服务设施',
      '二、调查情况与数据质量',
      '（一）调查方式',
      '（2）纸质答卷由两人分别录入',
    ])
      expect(text).toContain(words)
    expect(text.match(/表\d　/g)).toEqual(['表1　', '表2　', '表3　', '表4　', '表5　', '表6　', '表7　', '表8　'])
    expect(text.match(/图\d　/g)).toEqual(['图1　', '图2　', '图3　', '图4　'])
    expect(text).toMatch(/示例区社区嵌入式服务设施建设工作专班2026年11月21日/)
  })

  it('numbers its pages and prints the mark once, on the first', () => {
    for (const [i, page] of pdf.pages.entries()) expect(page.text).toContain(`— ${i + 1} —`)
    expect(pdf.pages.map((page) => page.text.includes('演示数据，不作为决策依据'))).toEqual(
      pdf.pages.map((_, i) => i === 0),
    )
  })

  it('repeats the head of a table that runs over several pages', () => {
    expect(text.match(/序号/g)!.length).toBeGreaterThan(1)
    expect(text.match(/表5　/g)!.length).toBe(1)
  })

  it('is the same bytes for the same document', async () => {
    expect((await toPdf(sample())).equals(file)).toBe(true)
  })
})

describe('what a PDF does with words from strangers', () => {
  it('prints markup as it was typed', async () => {
    const typed = '#panic("x") *粗* _斜_ $x^2$ @引 <标签> \\ ``` #import "a" = 一 // 注'
    const pdf = readPdf(await toPdf(small([say(typed), { kind: 'heading', level: 1, text: '#read("/etc/passwd")' }])))
    const printed = pdf.pages[0]!.text.replaceAll(' ', '')
    expect(printed).toContain(typed.replaceAll(' ', ''))
    expect(printed).toContain('一、#read("/etc/passwd")')
  })

  it('breaks words that are longer than their cell or line instead of running over the edge', async () => {
    const long = 'a'.repeat(300)
    const table: Block = {
      kind: 'table',
      code: 't',
      caption: '长词',
      columns: [{ title: '甲' }, { title: '乙' }, { title: '丙' }, { title: '丁' }],
      rows: [[long, '乙', '丙', long]],
    }
    const pdf = readPdf(await toPdf(small([say(long), table])))
    const words = pdf.pages.map((page) => page.text.replaceAll('\u200b', '')).join('')
    expect(words.match(/a/g)!.length).toBe(900)
    const lines = pdf.pages.flatMap((page) => page.lines).filter((line) => /^[a\u200b]+$/.test(line.text))
    for (const { text, sizePt } of lines) {
      const widthPt = text.replaceAll('\u200b', '').length * sizePt * 0.48
      expect(widthPt).toBeLessThanOrEqual(sizePt === 16 ? 156 * mm : (156 * mm) / 2)
    }
  })

  it('survives rare characters, pictures, NUL and lone surrogates', async () => {
    const pdf = readPdf(await toPdf(small([say('龘靐齉\u0000\ud800😀𠮷')])))
    expect(pdf.pages[0]!.text).toContain('龘靐齉')
  })

  it('lets a cell longer than a page run on', async () => {
    const cell = '很长的说明。'.repeat(900)
    const columns = [{ title: '甲' }, { title: '乙' }]
    const pdf = readPdf(
      await toPdf(small([{ kind: 'table', code: 't', caption: '长', columns, rows: [['一', cell]] }])),
    )
    expect(pdf.pages.length).toBeGreaterThan(1)
    expect(
      pdf.pages
        .map((page) => page.text)
        .join('')
        .match(/说明/g)!.length,
    ).toBe(900)
  })

  it('makes a document without any block', async () => {
    expect(readPdf(await toPdf(small([]))).pages.length).toBe(1)
  })
})
