import type { Block, Cell } from '../../document.ts'
import { followUpStateNames } from '../kinds.ts'
import type { RecordedFollowUp } from './record.ts'
import { dayWords, heading, paragraph } from './words.ts'
import type { MinutesWorld } from './world.ts'

/** Who does what by when, and what it answers to. */
export function followUpsSection(world: MinutesWorld): Block[] {
  const title = heading(1, '跟进事项')
  if (world.followUps.length === 0) return [title, paragraph('没有需要跟进的事项。')]
  const rows = world.followUps.map((one): Cell[] => [
    ...[`${one.number}`, one.text, one.owner, dayWords(one.dueOn)],
    ...[groundWords(one, world), stateWords(one)],
  ])
  return [
    title,
    {
      kind: 'table',
      code: 'follow-ups',
      caption: '跟进事项',
      columns: [
        { title: '序号', align: 'centre', width: 0.8 },
        { title: '事项', align: 'left', width: 2.4 },
        { title: '承办', align: 'left', width: 1.5 },
        { title: '完成时限', align: 'left', width: 1.95 },
        { title: '依据', align: 'left', width: 1.9 },
        { title: '进展', align: 'left', width: 1.3 },
      ],
      rows,
    },
  ]
}

function groundWords({ statements, question }: RecordedFollowUp, world: MinutesWorld): string {
  const numbers = world.statements.filter(({ id }) => statements.includes(id)).map(({ number }) => number)
  const asked = world.questions.find(({ id }) => id === question)
  const said = numbers.length > 0 ? [`第${numbers.join('、')}号意见`] : []
  return (
    [...said, ...(asked ? [`“${asked.title}”${asked.kind === 'motion' ? '决议' : '表决'}`] : [])].join('，') ||
    '会议商定'
  )
}

function stateWords({ state, outcome }: RecordedFollowUp): string {
  return outcome ? `${followUpStateNames[state]}：${outcome}` : followUpStateNames[state]
}
