import type { MaskRule } from './mask.ts'

/** What people put between the digits of a number. */
const gap = '[\\s\\u200b-\\u200d\\ufeff.·_\\-–—－~()（）]{0,2}'
const digits = (count: string) => `(?:\\d${gap}){${count}}`
const unit = '(?!\\s?(?:元|块|万|亿|平|㎡|人|户|个|年|米|公里|千米|次|份|套|张|分|%|％))'
const alone = '(?<![\\dA-Za-z])'
/** The figures of spoken numbers too: 三号楼五零二. */
const figure = '[\\d一二三四五六七八九十零〇]'
const room = `(?:第?${figure}{1,3}(?:单元|门|梯)[\\s\\-,，]{0,2})?(?:[\\d一二三四五六七八九零〇]{3,4}(?![\\d元块万平人户个年米天])(?:室|号|房|户)?|${figure}{1,3}(?:室|房))`

const bare = (text: string) => text.replace(/\D/g, '')
const isDate = (text: string) =>
  /^(?:19|20)\d\d[-./]?(?:0?[1-9]|1[0-2])[-./]?(?:0?[1-9]|[12]\d|3[01])$/.test(text.trim())
const isRange = (text: string) => /^\d+0\s?[-–—~－]\s?\d+0$/.test(text.trim())
/** Birth date inside: what tells the number of an identity card from that of a bank card. */
const isIdentity = (text: string) =>
  /^\d{6}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]$/.test(text.replace(/[^\dXx]/g, ''))

export const numberRules: MaskRule[] = [
  { pattern: /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}/dgu, as: '邮箱' },
  {
    pattern:
      /(?:微信号?|薇信|威信|weixin|wechat|vx|wx|V信)(?:号码?)?(?:是|为|同号)?[\s:：]{0,3}(?<it>[A-Za-z\d][-_A-Za-z\d]{4,19})/dgiu,
    as: '微信号',
  },
  {
    pattern: new RegExp(`(?:QQ群?|扣扣)(?:号码?)?(?:是|为)?[\\s:：]{0,3}(?<it>[1-9]${gap}${digits('4,11')})`, 'dgiu'),
    as: 'QQ号',
  },
  {
    pattern: new RegExp(`${alone}${digits('14,18')}[\\dXx](?!\\d)${unit}`, 'dgu'),
    as: (it) => (isIdentity(it) ? '证件号' : '银行卡号'),
  },
  { pattern: /(?<![\dA-Za-z])[EGPDSeg][A-Z]?\d{7,8}(?!\d)/dgu, as: '证件号' },
  {
    pattern:
      /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-Za-hj-z][\s·.•-]?(?:[A-HJ-NP-Za-hj-np-z\d]{4,5}[挂学警港澳]|[A-HJ-NP-Za-hj-np-z\d]{5,6})(?![A-Za-z\d])/dgu,
    as: '车牌',
    fits: (it) => /\d/.test(it),
  },
  {
    pattern: new RegExp(`${alone}(?:(?:\\+|00)?86${gap})?1${gap}[3-9]${gap}${digits('8')}\\d(?!\\d)`, 'dgu'),
    as: '电话',
  },
  {
    pattern: new RegExp(`${alone}[(（]?0\\d{2,3}[)）]?[\\s\\-–—－]{0,2}\\d{3,4}[\\s\\-–—－]?\\d{4}(?!\\d)`, 'dgu'),
    as: '电话',
  },
  { pattern: /[零〇幺一二三四五六七八九]{7,18}/dgu, as: '电话' },
  {
    pattern: new RegExp(`${alone}(?:\\d{3,4}[\\s\\-–—－]){0,2}\\d{3,14}(?![\\d:：])${unit}`, 'dgu'),
    as: '电话',
    fits: (it) => bare(it).length >= 7 && !isDate(it) && !isRange(it),
  },
  {
    pattern: new RegExp(`${figure}{1,4}(?:号楼|栋|幢|座|号院|弄|#楼?|号)[\\s\\-,，]{0,2}${room}`, 'dgu'),
    as: '门牌',
  },
  { pattern: /(?<![\d-])\d{1,2}[-－]\d{1,2}[-－](?!(?:19|20)\d\d)\d{3,4}(?![\d-])/dgu, as: '门牌' },
  { pattern: new RegExp(`${figure}{1,3}单元[\\s\\-,，]{0,2}${room}`, 'dgu'), as: '门牌' },
  { pattern: /(?<!\d)\d{3,4}室/dgu, as: '门牌' },
]
