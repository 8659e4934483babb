import { numberRules } from './mask-numbers.ts'
import { endsLikeWord, looksLikeWord, surname } from './surnames.ts'

/** A part of a text that is not to be read, and the word that stands in its place. */
export interface Hidden {
  start: number
  end: number
  as: string
}

/** What is looked for; the group `it` is what is hidden, or else all of it. */
export interface MaskRule {
  pattern: RegExp
  as: string | ((found: string) => string)
  fits?: (found: string, before: string, after: string) => boolean
}

const han = '[\\u4e00-\\u9fff]'
const title =
  '(?:先生|女士|小姐|太太|阿姨|叔叔|大叔|大爷|大妈|大娘|大伯|伯伯|婶婶|奶奶|爷爷|婆婆|老师|师傅|医生|大夫|护士|律师|书记|主任|院长|校长|园长|站长|所长|局长|科长|楼长|组长|队长|店长|经理|网格员|网格长|同志|同学|老人)'
const boundary = '(?=$|[^\\u4e00-\\u9fff]|住|家|电话|手机|说|的|在|今年|反映|建议|反馈|和|与|及|，)'

const notWord = (found: string, before: string) =>
  !looksLikeWord.has(found.slice(0, 2)) && !endsLikeWord.has(before + found.slice(0, 1))

const nameRules: MaskRule[] = [
  {
    pattern: new RegExp(
      `(?:我叫|本人叫|名叫|姓名|联系人|联络人|收件人|户主|业主姓名|署名)(?:是|为)?[:：\\s]{0,3}(?<it>${surname}(?:${han}{1,2}?${boundary}|${han}{1,2}))`,
      'dgu',
    ),
    as: '姓名',
    fits: notWord,
  },
  {
    pattern: new RegExp(`(?:我是|本人|我姓)(?<it>${surname}${han}{0,2}?)${boundary}`, 'dgu'),
    as: '姓名',
    fits: notWord,
  },
  { pattern: new RegExp(`(?<it>${surname}${han}{0,2}?)(?=${title})`, 'dgu'), as: '姓名', fits: notWord },
  {
    pattern: new RegExp(
      `(?:先生|女士|阿姨|叔叔|大爷|奶奶|书记|主任|医生|老师)[:：\\s]?(?<it>${surname}${han}{1,2}?)(?=$|[^\\u4e00-\\u9fff]|说|的|电话|手机|同志)`,
      'dgu',
    ),
    as: '姓名',
    fits: notWord,
  },
]

/** Full-width digits and letters read as the plain ones; the length stays, so that places found hold for the original. */
const plain = (text: string) =>
  text.replace(/[０-９Ａ-Ｚａ-ｚ＠＋－．＃]/gu, (each) => String.fromCharCode(each.charCodeAt(0) - 0xfee0))

/** Where a text tells who somebody is or how to reach them, in order and without overlaps; the first rule wins. */
export function personalParts(text: string): Hidden[] {
  const read = plain(text)
  const found: Hidden[] = []
  for (const rule of [...numberRules, ...nameRules]) {
    for (const part of partsBy(rule, read)) {
      if (!found.some(({ start, end }) => part.start < end && start < part.end)) found.push(part)
    }
  }
  return found.sort((a, b) => a.start - b.start)
}

function* partsBy({ pattern, as, fits }: MaskRule, text: string): Generator<Hidden> {
  pattern.lastIndex = 0
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const [start, end] = match.indices!.groups?.it ?? match.indices![0]!
    const it = text.slice(start, end)
    if (!fits || fits(it, text.slice(start - 1, start), text.slice(end, end + 2)))
      yield { start, end, as: typeof as === 'string' ? as : as(it) }
    // A word that only looks like a name may hide the first character of a real one.
    else pattern.lastIndex = match.index + 1
  }
}

export function hide(text: string, parts: Hidden[]): string {
  let out = ''
  let from = 0
  for (const { start, end, as } of parts) {
    out += `${text.slice(from, start)}〔${as}〕`
    from = end
  }
  return out + text.slice(from)
}

/** The text with names, numbers and doors of persons taken out, as far as rules carry. Masking twice changes nothing. */
export function maskPersonal(text: string): string {
  return hide(text, personalParts(text))
}
