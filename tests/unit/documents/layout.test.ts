import { describe, expect, it } from 'vitest'
import { chineseNumber, dateInWords, layOut, printable, titleLines, widthEm } from '../../../server/documents/layout.ts'
import type { Block, Document, Figure } from '../../../shared/document.ts'

const written = (blocks: Block[], more: Partial<Document> = {}) =>
  layOut({ title: '标题', issuer: '某某街道办事处', date: '2026-11-05', blocks, ...more })

const heading = (level: 1 | 2 | 3, text: string): Block => ({ kind: 'heading', level, text })

const figure = (text: string, standing?: Figure['standing']): Figure => ({
  value: 0.5,
  text,
  source: { of: 'demand', path: [], inputs: [] },
  ...(standing ? { standing } : {}),
})

const table = (rows: (string | Figure)[][]): Block => ({
  kind: 'table',
  code: 't',
  caption: '需求',
  columns: rows[0]!.map((_, i) => ({ title: `列${i + 1}` })),
  rows,
})

describe('numbering as GB/T 9704 asks', () => {
  it('numbers headings 一、（一）1. and begins again under each higher one', () => {
    const texts = written([
      heading(1, '甲'),
      heading(2, '乙'),
      heading(3, '丙'),
      heading(3, '丁'),
      heading(2, '戊'),
      heading(3, '己'),
      heading(1, '庚'),
      heading(2, '辛'),
    ]).pieces.map((piece) => (piece.kind === 'heading' ? piece.text : ''))
    expect(texts).toEqual(['一、甲', '（一）乙', '1.丙', '2.丁', '（二）戊', '1.己', '二、庚', '（一）辛'])
  })

  it('counts in Chinese beyond ten', () => {
    expect([1, 9, 10, 11, 20, 21, 99].map(chineseNumber)).toEqual([
      '一',
      '九',
      '十',
      '十一',
      '二十',
      '二十一',
      '九十九',
    ])
  })

  it('numbers the items of a list as the fourth level', () => {
    const pieces = written([{ kind: 'list', items: [['先'], ['后']] }]).pieces
    expect(
      pieces.map((piece) => (piece.kind === 'paragraph' ? piece.runs.map((run) => run.text).join('') : '')),
    ).toEqual(['（1）先', '（2）后'])
  })

  it('numbers tables and charts apart', () => {
    const chart: Block = {
      kind: 'chart',
      code: 'c',
      caption: '答卷',
      chart: { type: 'bar', unit: 'count', labels: ['线上'], series: [{ name: '份数', values: [12] }] },
    }
    const captions = written([table([['a']]), chart, table([['b']])]).pieces.map((piece) =>
      'caption' in piece ? piece.caption : '',
    )
    expect(captions).toEqual(['表1　需求', '图1　答卷', '表2　需求'])
  })

  it('writes the date without leading zeros', () => {
    expect(dateInWords('2026-01-05')).toBe('2026年1月5日')
  })
})

describe('the signature', () => {
  it('begins the date two characters to the right of the issuer', () => {
    for (const issuer of ['某局', '某某街道办事处', '某某区社区嵌入式服务设施建设工作专班']) {
      const layout = written([], { issuer })
      const begins = (text: string, indent: number) => -indent - Math.round(widthEm(text))
      expect(
        Math.abs(begins(layout.date, layout.dateIndent) - begins(issuer, layout.issuerIndent) - 2),
      ).toBeLessThanOrEqual(1)
      expect(Math.min(layout.dateIndent, layout.issuerIndent)).toBeGreaterThanOrEqual(2)
    }
  })
})

describe('a long title', () => {
  it('breaks between words into lines that fit and lose nothing', () => {
    const title = '碑林区柿园路社区嵌入式服务设施建设需求调查与功能建议报告'
    const lines = titleLines(title)
    expect(lines.join('')).toBe(title)
    expect(lines.length).toBe(2)
    for (const line of lines) expect(widthEm(line)).toBeLessThanOrEqual(20)
    expect(lines[0]).not.toMatch(/调$/)
  })

  it('stays in one line while it fits', () => {
    expect(titleLines('柿园路社区需求调查报告')).toEqual(['柿园路社区需求调查报告'])
  })
})

describe('marks of weak figures', () => {
  it('prints grey figures grey, flagged ones with a star, and says under the table what that means', () => {
    const piece = written([
      table([[figure('51.0%', 'grey'), figure('52.0%', 'flagged'), figure('不公布', 'withheld')]]),
    ]).pieces[0]!
    if (piece.kind !== 'table') throw new Error('not a table')
    expect(piece.rows[0]).toEqual([{ text: '51.0%', grey: true }, { text: '52.0%*' }, { text: '不公布' }])
    expect(
      piece.notes
        .flat()
        .map((run) => run.text)
        .join(''),
    ).toMatch(/灰色.*10至29份.*“\*”.*30至59份/)
  })

  it('says nothing of marks where there are none', () => {
    const piece = written([table([[figure('51.0%')]])]).pieces[0]!
    expect(piece.kind === 'table' && piece.notes).toEqual([])
  })
})

describe('words from strangers', () => {
  it('lose what no format can hold and what turns the direction of reading', () => {
    expect(printable('甲\u0000乙\ud800丙\u202e丁\r\n戊\ufeff')).toBe('甲乙\ufffd丙丁 戊')
  })

  it('keep rare characters and pictures', () => {
    expect(printable('𠮷野家😀')).toBe('𠮷野家😀')
  })
})
