import type { Block, Cell, Document, Figure, Sentence, Table } from '../../shared/document.ts'
import { partsOf, spoken } from '../../shared/document.ts'
import { dateInWords, layOut, type Piece } from './layout.ts'
import type { NumberCell, Sheet, SheetCell } from './xlsx.ts'

const origin: Record<Figure['source']['of'], string> = {
  demand: '需求测算',
  responses: '答卷统计',
  themes: '居民意见',
  review: '答卷复核',
  profile: '社区概况',
  facilities: '设施台账',
  sites: '场地条件',
  programme: '建设清单',
  standards: '建设标准',
  comparison: '比较',
  catalogue: '规划指标',
  methods: '计算方法',
  deliberation: '议事记录',
  wish: '微心愿',
}

const standings = { withheld: '依据不足10份答卷，不公布', grey: '依据10至29份答卷', flagged: '依据30至59份答卷' }

/** A document as sheets: what it is, every table and the numbers of every chart, and where each figure came from. */
export function documentSheets(document: Document): Sheet[] {
  const pieces = layOut(document).pieces
  const captions = pieces.flatMap((piece) => ('caption' in piece ? [piece] : []))
  let at = 0
  const shown = document.blocks.flatMap((block) => {
    if (block.kind === 'table') return [tableSheet(block, captions[at++]!)]
    if (block.kind === 'chart') return [chartSheet(block, captions[at++]!)]
    return []
  })
  return [
    about(document),
    ...shown,
    sources(
      document,
      captions.map((piece) => piece.caption),
    ),
  ]
}

type Captioned = Extract<Piece, { caption: string }>

function tableSheet(block: Extract<Block, { kind: 'table' }>, piece: Captioned): Sheet {
  return {
    name: piece.caption.replace('　', ' '),
    title: piece.caption,
    columns: block.columns.map((column) => ({ title: column.title })),
    rows: block.rows.map((row) => row.map(sheetCell)),
    ...noteOf(piece),
  }
}

function chartSheet(block: Extract<Block, { kind: 'chart' }>, piece: Captioned): Sheet {
  const { chart } = block
  const format = chart.unit === 'share' ? 'share' : chart.unit === 'count' ? 'count' : 'decimal'
  const lines = chart.series.flatMap((series) => [
    { title: series.name, values: series.values },
    ...(series.low ? [{ title: `${series.name}（区间下限）`, values: series.low }] : []),
    ...(series.high ? [{ title: `${series.name}（区间上限）`, values: series.high }] : []),
  ])
  return {
    name: piece.caption.replace('　', ' '),
    title: piece.caption,
    columns: [{ title: '项目' }, ...lines.map((line) => ({ title: line.title, format }) as const)],
    rows: chart.labels.map((label, i) => [label, ...lines.map((line) => line.values[i] ?? null)]),
    ...noteOf(piece),
  }
}

function noteOf(piece: Captioned): { note?: string } {
  const note = piece.notes.map((line) => line.map((run) => run.text).join('')).join(' ')
  return note ? { note } : {}
}

/**
 * A figure as the number it is, shown with as many decimals as the document prints; a withheld one as the words printed for it. Of a
 * figure with its interval in brackets, the figure: the ends stand beside the chart.
 */
export function sheetCell(cell: Cell): SheetCell | NumberCell {
  if (typeof cell === 'string') return cell
  if (Array.isArray(cell)) {
    const [first, next = '（'] = cell
    return typeof first === 'object' && typeof next === 'string' && next.startsWith('（')
      ? sheetCell(first)
      : spoken(cell)
  }
  if (cell.value === null || cell.standing === 'withheld') return cell.text
  const decimals = /\.(\d+)/.exec(cell.text)?.[1]?.length ?? 0
  const format = cell.text.includes('%')
    ? 'share'
    : decimals === 0 && Number.isInteger(cell.value)
      ? 'count'
      : 'decimal'
  return { value: cell.value, format, decimals, ...(cell.standing ? { standing: cell.standing } : {}) }
}

function about(document: Document): Sheet {
  const counted = (kind: Block['kind']) => document.blocks.filter((block) => block.kind === kind).length
  return {
    name: '说明',
    title: document.title,
    columns: [
      { title: '项目', width: 14 },
      { title: '内容', width: 80 },
    ],
    rows: [
      ...(document.subtitle ? [['副标题', document.subtitle]] : []),
      ...(document.mark ? [['标注', document.mark]] : []),
      ['发文单位', document.issuer],
      ['成文日期', dateInWords(document.date)],
      ['内容', `${counted('table')}张表，${counted('chart')}幅图的数据；每个数字的出处见“数据来源”。`],
      ['灰色数字', `${standings.grey}，仅供参考。`],
      ['带“*”的数字', `${standings.flagged}，请留意误差。`],
    ],
  }
}

function sources(document: Document, captions: string[]): Sheet {
  return {
    name: '数据来源',
    title: '数据来源',
    columns: [
      { title: '位置', width: 40 },
      { title: '文中写法', width: 16 },
      { title: '数值', width: 14, format: 'decimal' },
      { title: '可靠程度', width: 26 },
      { title: '来源', width: 12 },
      { title: '路径', width: 40 },
      { title: '依据', width: 40 },
    ],
    rows: located(document, captions).map(([place, figure]) => [
      place,
      figure.text,
      figure.standing === 'withheld' || figure.value === null ? null : exact(figure.value),
      figure.standing ? standings[figure.standing] : '',
      origin[figure.source.of],
      figure.source.path.join(' / '),
      figure.source.inputs.join('，'),
    ]),
  }
}

function exact(value: number): NumberCell {
  return Number.isInteger(value) ? { value, format: 'count' } : { value, format: 'decimal', decimals: 6 }
}

/** Every figure with the place where a reader finds it. */
function located(document: Document, captions: string[]): [string, Figure][] {
  const names = [...captions]
  const found: [string, Figure][] = []
  let heading = '正文'
  for (const block of document.blocks) {
    if (block.kind === 'heading') heading = block.text
    else found.push(...placed(block, heading, block.kind === 'table' || block.kind === 'chart' ? names.shift()! : ''))
  }
  return found
}

function placed(block: Exclude<Block, { kind: 'heading' }>, heading: string, caption: string): [string, Figure][] {
  switch (block.kind) {
    case 'paragraph':
      return figures(block.text, heading)
    case 'list':
      return block.items.flatMap((item, i) => figures(item, `${heading}第（${i + 1}）项`))
    case 'chart':
      return [...inCells(block.table, caption), ...figures(block.note ?? [], `${caption}注`)]
    case 'table':
      return [...inCells(block, caption), ...figures(block.note ?? [], `${caption}注`)]
  }
}

function inCells(table: Table | undefined, caption: string): [string, Figure][] {
  const { columns = [], rows = [] } = table ?? {}
  const at = (row: Cell[], i: number) => `${caption}：${spoken(partsOf(row[0] ?? ''))}，${columns[i]?.title ?? ''}`
  return rows.flatMap((row) => row.flatMap((cell, i) => figures(partsOf(cell), at(row, i))))
}

function figures(sentence: Sentence, place: string): [string, Figure][] {
  return sentence.flatMap((part): [string, Figure][] => (typeof part === 'string' ? [] : [[place, part]]))
}
