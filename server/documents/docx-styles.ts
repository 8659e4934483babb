import { LineRuleType, TextRun } from 'docx'
import { mmPerPt, page, type Run } from './layout.ts'

/** Twentieths of a point, the unit of lengths in a DOCX. */
export const twips = (mm: number) => Math.round((mm / mmPerPt) * 20)
export const halfPoints = (pt: number) => pt * 2

/** The name stands in all four slots, otherwise digits and brackets fall back to another face. */
const face = (name: string) => ({ ascii: name, hAnsi: name, eastAsia: name, cs: name })
export const song = face('方正小标宋简体')
export const fang = face('仿宋_GB2312')
export const hei = face('黑体')
export const kai = face('楷体_GB2312')
export const numberFace = face('宋体')

/** Where a machine lacks a licensed font, the names to look for next, down to the open ones. */
const substitutes: Record<string, string> = {
  方正小标宋简体: 'FZXiaoBiaoSong-B05S,方正小标宋_GBK,华文中宋,宋体,Noto Serif SC,Noto Serif CJK SC',
  仿宋_GB2312: 'FangSong_GB2312,仿宋,FangSong,华文仿宋,Noto Serif SC,Noto Serif CJK SC',
  黑体: 'SimHei,微软雅黑,Noto Sans SC,Noto Sans CJK SC',
  楷体_GB2312: 'KaiTi_GB2312,楷体,KaiTi,华文楷体,Noto Serif SC,Noto Serif CJK SC',
  宋体: 'SimSun,Noto Serif SC,Noto Serif CJK SC',
}

const grey = '737373'
export const lineHeight = { line: page.linePt * 20, lineRule: LineRuleType.EXACT, before: 0, after: 0 }
export const indent = { firstLine: page.bodyPt * 40, firstLineChars: 200 }

export function textRun(run: Run, pt: number, more: object = {}): TextRun {
  return new TextRun({
    text: run.text,
    font: fang,
    size: halfPoints(pt),
    ...(run.grey ? { color: grey } : {}),
    ...more,
  })
}

export function fontTable(): string {
  const fonts = Object.entries(substitutes).map(
    ([name, others]) =>
      `<w:font w:name="${name}"><w:altName w:val="${others}"/><w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>`,
  )
  const namespace = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts xmlns:w="${namespace}">${fonts.join('')}</w:fonts>`
}
