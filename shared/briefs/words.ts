import { channelNames } from '../surveys/channel-names.ts'

/** Words and number formats of a brief: how an official writes a share, a count, an area, a list. */

export const channelWords: Record<string, string> = { ...channelNames, withheld: '其他（合并列出）' }
export const fireWords: Record<string, string> = { I: '一级', II: '二级', III: '三级', IV: '四级' }

export const formats = {
  share: (value: number) => `${(value * 100).toFixed(1)}%`,
  bare: (value: number) => (value * 100).toFixed(1),
  points: (value: number) => `${Math.abs(value * 100).toFixed(1)}个百分点`,
  count: (value: number) => String(Math.round(value)).replace('-', '−'),
  rating: (value: number) => value.toFixed(0),
  decimal: (value: number) => value.toFixed(2),
  area: (value: number) => String(Number(value.toFixed(2))),
  exact: (value: number) => String(value),
  chance: (value: number) => `${Math.round(value * 100)}%`,
} as const
export type Format = keyof typeof formats

/** 2026-11-21 as 2026年11月21日. */
export function dateInWords(iso: string): string {
  const [year, month, day] = iso.slice(0, 10).split('-').map(Number)
  return `${year}年${month}月${day}日`
}

/** A、B 和 C. */
export function listed(names: readonly string[]): string {
  if (names.length < 2) return names.join('')
  return `${names.slice(0, -1).join('、')}和${names[names.length - 1]}`
}

const markWords: [RegExp, string][] = [
  [/seen in part/g, '部分已核对'],
  [/unverified/g, '待核实'],
  [/one municipal notice/g, '一地公告'],
  [/never below ground/g, '不得设在地下'],
  [/\bseen\b/g, '已核对'],
  [/\bfloors\b/g, '楼层'],
  [/\barea\b/g, '面积'],
  [/\bradius\b/g, '服务半径'],
  [/\bdraft\b/g, '草案'],
]

/** The source mark of a threshold as a reader of Chinese meets it: 已核对（完整居住社区建设标准，面积）；服务半径待核实. */
export function marksInWords(mark: string): string {
  const words = markWords.reduce((text, [english, chinese]) => text.replace(english, chinese), mark)
  const wide: Record<string, string> = { '(': '（', ')': '）', ',': '，', ';': '；' }
  return words
    .replace(/\s*([(),;])\s*/g, (_, sign: string) => wide[sign])
    .replace(/([\u4e00-\u9fff]) (?=[\u4e00-\u9fff])/g, '$1')
}
