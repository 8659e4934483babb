import { type Block, type Cell, type Sentence, told } from '../../document.ts'
import { answerNames } from '../kinds.ts'
import type { Count } from './figures.ts'
import { heading, paragraph } from './words.ts'
import type { MinutesWorld, Voiced } from './world.ts'

/** What was said, by theme, with counts; what was merged stands under what it was merged into, in its own words. */
export function statementsSection(world: MinutesWorld, count: Count): Block[] {
  const title = heading(1, '居民意见')
  if (world.said.all === 0) return [title, paragraph('没有记录到居民意见。')]
  const total = paragraph(...totalSentence(world, count))
  if (world.themes.length === 0) return [title, total]
  const byProposal = world.kind === 'consultation' && world.proposals.length > 0
  return [title, total, themesTable(world, count), ...(byProposal ? proposalTables(world) : themeTables(world))]
}

function totalSentence({ said, kind }: MinutesWorld, count: Count): Sentence {
  const number = (name: string) => count('said', name)
  const from = kind === 'consultation' ? [] : told`，其中现场记录${number('byDesk')}条、手机提交${number('byPhone')}条`
  const merged = said.merged > 0 ? told`，其中${number('merged')}条与他条内容相近、已经并入` : []
  const apart = [
    ...(said.rejected > 0 ? told`；未采用${number('rejected')}条` : []),
    ...(said.waiting > 0 ? told`；尚未审核${number('waiting')}条` : []),
  ]
  return told`共收到意见${number('all')}条${from}。列入本纪要${number('taken')}条${merged}${apart}。`
}

function themesTable({ themes }: MinutesWorld, count: Count): Block {
  const rows = themes.map(({ name }, at): Cell[] => [name, count('themes', at, 'all'), count('themes', at, 'merged')])
  return {
    kind: 'table',
    code: 'themes',
    caption: '各方面意见条数',
    columns: [{ title: '方面', width: 2 }, right('意见（条）'), right('其中并入他条（条）')],
    rows: [...rows, ['合计', count('said', 'taken'), count('said', 'merged')]],
  }
}

const right = (title: string) => ({ title, align: 'right' as const, width: 1 })

function themeTables({ themes }: MinutesWorld): Block[] {
  return themes.flatMap(({ service, name, statements }) => [
    heading(2, name),
    statementTable(`statements-${service ?? 'other'}`, `${name}的意见`, statements),
  ])
}

/** Of a consultation: by what they are about, each with its answer. */
function proposalTables({ proposals, themes }: MinutesWorld): Block[] {
  const statements = themes.flatMap((theme) => theme.statements).sort((a, b) => a.number - b.number)
  const parts = [
    ...proposals.map(({ id, title }) => ({ id, title, own: statements.filter(({ proposal }) => proposal === id) })),
    { id: 'whole', title: '整体意见', own: statements.filter(({ proposal }) => proposal === null) },
  ]
  return parts.flatMap(({ id, title, own }) => {
    const none = id === 'whole' ? [] : [heading(2, title), paragraph('没有收到意见。')]
    return own.length === 0 ? none : [heading(2, title), statementTable(`statements-${id}`, `对“${title}”的意见`, own)]
  })
}

function statementTable(code: string, caption: string, statements: readonly Voiced[]): Block {
  const hasResults = statements.some(({ answer, result }) => answer || result)
  const answered = (cell: string): Cell[] => (hasResults ? [cell] : [])
  const rows = statements.flatMap((one): Cell[][] => [
    [`${one.number}`, one.text, ...answered(resultWords(one))],
    ...one.merged.map(({ number, text }) => [`${number}`, text, ...answered(`并入第${one.number}号`)]),
  ])
  const merges = hasResults ? [] : mergeNotes(statements)
  return {
    kind: 'table',
    code,
    caption,
    columns: [
      { title: '编号', align: 'centre', width: 0.8 },
      { title: '意见原话', align: 'left', width: hasResults ? 4.4 : 7 },
      ...(hasResults ? [{ title: '办理结果', align: 'left' as const, width: 2.6 }] : []),
    ],
    rows,
    ...(merges.length > 0 ? { note: merges } : {}),
  }
}

/** Without a column for results it is said below what was merged into what. */
function mergeNotes(statements: readonly Voiced[]): Sentence {
  const said = statements
    .filter(({ merged }) => merged.length > 0)
    .map(({ number, merged }) => `第${merged.map((one) => one.number).join('、')}号并入第${number}号`)
  return said.length > 0 ? [`${said.join('；')}。`] : []
}

function resultWords({ answer, result }: Voiced): string {
  return [answer ? answerNames[answer] : '', result ?? ''].filter(Boolean).join('：') || '—'
}
