import type { NumberCell } from './xlsx.ts'
import { escaped, main } from './xlsx-parts.ts'

/** Styles in the order of `stylesheet`; number formats are added behind them as they come up. */
export const style = { plain: 0, header: 1, title: 2, text: 3, note: 4 }

export interface Styles {
  xfs: Map<string, number>
  codes: Map<string, number>
}

export function newStyles(): Styles {
  return { xfs: new Map(), codes: new Map() }
}

/** The index of the style that shows a number in its format, added where no cell has used it yet. */
export function numberStyle(given: NumberCell, styles: Styles): number {
  const code = formatCode(given)
  if (!styles.codes.has(code)) styles.codes.set(code, 164 + styles.codes.size)
  const key = `${styles.codes.get(code)}:${given.standing === 'grey' ? 4 : 0}`
  const known = styles.xfs.get(key)
  if (known !== undefined) return known
  const index = Object.keys(style).length + styles.xfs.size
  styles.xfs.set(key, index)
  return index
}

function formatCode(given: NumberCell): string {
  if (given.format === 'date') return 'yyyy\\-mm\\-dd'
  const decimals = given.decimals ?? (given.format === 'count' ? 0 : 1)
  const point = decimals > 0 ? `.${'0'.repeat(decimals)}` : ''
  const flag = given.standing === 'flagged' ? '"*"' : ''
  return `${given.format === 'share' ? '0' : '#,##0'}${point}${given.format === 'share' ? '%' : ''}${flag}`
}

export function stylesheet(styles: Styles): string {
  const face = (size: number, more = '') =>
    `<font>${more}<sz val="${size}"/>%<name val="宋体"/><charset val="134"/></font>`
  const black = (font: string) => font.replace('%', '<color rgb="FF000000"/>')
  const fonts = [
    black(face(11)),
    black(face(11, '<b/>')),
    black(face(14, '<b/>')),
    face(10).replace('%', '<color rgb="FF595959"/>'),
    face(11).replace('%', '<color rgb="FF7F7F7F"/>'),
  ]
  const side = (name: string) => `<${name} style="thin"><color rgb="FF9A9A9A"/></${name}>`
  const box = `<border>${['left', 'right', 'top', 'bottom'].map(side).join('')}<diagonal/></border>`
  const xf = (numFmt: number, font: number, fill: number, border: number, more: string, inner: string) =>
    `<xf numFmtId="${numFmt}" fontId="${font}" fillId="${fill}" borderId="${border}" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"${more}>${inner}</xf>`
  const wrap = '<alignment vertical="center" wrapText="1"/>'
  const xfs = [
    xf(0, 0, 0, 0, '', ''),
    xf(49, 1, 2, 1, ' quotePrefix="1"', '<alignment horizontal="center" vertical="center" wrapText="1"/>'),
    xf(49, 2, 0, 0, ' quotePrefix="1"', ''),
    xf(49, 0, 0, 1, ' quotePrefix="1"', wrap),
    xf(49, 3, 0, 0, ' quotePrefix="1"', ''),
    ...[...styles.xfs.keys()].map((key) => {
      const [format, font] = key.split(':').map(Number)
      return xf(format!, font!, 0, 1, '', '<alignment vertical="center"/>')
    }),
  ]
  const codes = [...styles.codes].map(([code, id]) => `<numFmt numFmtId="${id}" formatCode="${escaped(code)}"/>`)
  return [
    `<styleSheet xmlns="${main}">`,
    codes.length > 0 ? `<numFmts count="${codes.length}">${codes.join('')}</numFmts>` : '',
    `<fonts count="${fonts.length}">${fonts.join('')}</fonts>`,
    '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>',
    '<fill><patternFill patternType="solid"><fgColor rgb="FFE8EEF4"/></patternFill></fill></fills>',
    `<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>${box}</borders>`,
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
    `<cellXfs count="${xfs.length}">${xfs.join('')}</cellXfs></styleSheet>`,
  ].join('')
}
