import { type Block, type Cell, type Sentence, told } from '../../document.ts'
import type { Facts } from '../facts.ts'
import type { Teller } from '../figures.ts'
import { dateInWords } from '../words.ts'
import type { World } from '../world.ts'
import { right } from './columns.ts'
import { countedWith } from './counted.ts'

/** How many answers were put before a person, how many of them were excluded and why, and what difference that makes. */
export function reviewBlocks(facts: Facts, world: World, tell: Teller): Block[] {
  const { review } = world
  if (!review) return []
  const count = countedWith(tell, 'review', 'answers')
  const asOf = dateInWords(facts.composedAt)
  const summary = told`截至${asOf}，系统按填写用时、雷同程度和提交来源等提示了有疑点的答卷${count(review.flagged, 'flagged')}份，由工作人员逐份复核：排除${count(review.excluded, 'excluded')}份，尚未复核${count(review.open, 'open')}份。只有复核时排除的答卷不计入本方案的数字，系统不自动排除任何一份。`
  return [
    { kind: 'paragraph', text: summary },
    {
      kind: 'table',
      code: 'signs',
      caption: '疑点与排除',
      columns: [{ title: '疑点', width: 2 }, right('提示（份）'), right('排除（份）')],
      rows: review.signs.map((sign): Cell[] => [
        sign.name,
        count(sign.flagged, 'signs', sign.code, 'flagged'),
        count(sign.excluded, 'signs', sign.code, 'excluded'),
      ]),
      note: ['一份答卷可以有几个疑点，各行之和不等于总数。'],
    },
    ...(review.withAll ? [{ kind: 'paragraph' as const, text: comparison(world, tell) }] : []),
  ]
}

function comparison({ review, words }: World, { figure, share }: Teller): Sentence {
  const parts = review!.withAll!.services.flatMap(({ service }, at): Sentence => {
    const kept = figure('share', 'demand', 'services', service, 'need', 'p')
    return [
      at > 0 ? '；' : '',
      words(service),
      ...share('review', 'withAll', 'services', service, 'need'),
      '，不计入时',
      kept,
    ]
  })
  const n = figure('count', 'review', 'withAll', 'n')
  return told`如果把排除的答卷也计入（共${n}份），需求率最高的三项是：${parts}。`
}
