import { Button } from 'antd'
import { useState } from 'react'
import { type FlaggedAnswer, type QueueCounts, readQueue } from '../../shared/quality/api.ts'
import { signNames } from '../../shared/quality/signs.ts'
import { reviewResponses } from '../../shared/surveys/review-api.ts'
import { useAnswer } from '../api/use-answer.ts'
import { usePermitted } from '../kit/permitted.tsx'
import { Refusal } from '../kit/refusal.tsx'
import { Screen } from '../kit/screen-face.tsx'
import { useKeys } from '../kit/use-keys.ts'
import { ExcludeDialog } from './exclude-dialog.tsx'
import { FlaggedCard } from './flagged-card.tsx'
import { QueueFilters, type View } from './queue-filters.tsx'
import { useReview } from './use-review.ts'
import { quickReasons } from './words.ts'
import './quality.css'

interface Props {
  district: string
  survey: string
  communities: { code: string; name: string }[]
}

const first: View = { round: '', decision: 'open', sign: '', community: '' }

/** Answers that something speaks against: a person keeps or excludes each, with a reason. */
export function QualityPage({ district, survey, communities }: Props) {
  const [view, setView] = useState(first)
  const params = { district, survey }
  const chosen = Object.fromEntries(Object.entries(view).filter(([, value]) => value !== ''))
  const seen = useAnswer(readQueue, params, chosen)
  return (
    <>
      <h1>答卷质量</h1>
      <p className="under">
        系统只提示疑点，不排除任何一份；保留还是排除由人决定。被排除的答卷不删除，各项数字都可以看“含”与“不含”两种读法。
      </p>
      <Screen seen={seen}>
        {({ rounds, counts, matching, answers }) => (
          <>
            <QueueFilters
              {...{ view, rounds, counts, communities, matching }}
              change={(part) => setView({ ...view, ...part })}
            />
            <Queue {...{ params, view, rounds, counts, matching, answers, communities }} />
          </>
        )}
      </Screen>
    </>
  )
}

interface QueueProps {
  params: { district: string; survey: string }
  view: View
  rounds: number[]
  counts: QueueCounts
  matching: number
  answers: FlaggedAnswer[]
  communities: Props['communities']
}

function Queue({ params, view, rounds, counts, matching, answers, communities }: QueueProps) {
  const [at, setAt] = useState(0)
  const [excluding, setExcluding] = useState<FlaggedAnswer[]>()
  const { said, busy, decide, undo } = useReview(params)
  const mayDecide = usePermitted().may(reviewResponses)
  const place = Math.min(at, answers.length - 1)
  const current = answers[place]
  const move = (by: number) => setAt(Math.max(0, Math.min(answers.length - 1, place + by)))
  const can = mayDecide && !busy && !excluding
  const keep = () => current && can && current.decision !== 'kept' && void decide([current.id], 'kept')
  const exclude = () => current && can && current.decision !== 'excluded' && setExcluding([current])
  useKeys({
    ...{ j: () => move(1), ArrowDown: () => move(1), k: () => move(-1), ArrowUp: () => move(-1) },
    ...{ b: keep, p: exclude, z: () => can && void undo() },
  })
  const names = new Map(communities.map(({ code, name }) => [code, name]))
  return (
    <>
      <p className="note keys">键盘：J 或 ↓ 下一份，K 或 ↑ 上一份，B 保留，P 排除，Z 撤销刚才的结论。</p>
      {said.refused && <Refusal message={said.refused} />}
      <p role="status" className="said-last">
        {said.done?.words}
        {said.done && said.done.ids.length > 0 && (
          <Button type="link" disabled={busy} onClick={() => void undo()}>
            撤销（Z）
          </Button>
        )}
      </p>
      {view.sign && answers.length > 1 && mayDecide && view.decision === 'open' && (
        <div className="actions">
          <Button
            disabled={busy}
            onClick={() =>
              void decide(
                answers.map(({ id }) => id),
                'kept',
              )
            }
          >
            保留列出的{answers.length}份
          </Button>
          <Button danger disabled={busy} onClick={() => setExcluding(answers)}>
            排除列出的{answers.length}份“{signNames[view.sign]}”
          </Button>
        </div>
      )}
      {answers.length === 0 && <Nothing {...{ rounds, counts, view }} />}
      <ol className="queue">
        {answers.map((answer, index) => (
          <FlaggedCard
            key={answer.id}
            answer={answer}
            communityName={names.get(answer.community) ?? answer.community}
            current={index === place}
            busy={busy || !mayDecide}
            choose={() => setAt(index)}
            keep={keep}
            exclude={exclude}
            reopen={() => void decide([answer.id], 'open')}
          />
        ))}
      </ol>
      {matching > answers.length && <p className="under">先列出最重的{answers.length}份，复核后接着列下面的。</p>}
      {excluding && (
        <ExcludeDialog
          n={excluding.length}
          reasons={quickReasons(excluding[0]!.signs)}
          cancel={() => setExcluding(undefined)}
          exclude={(reason) => {
            setExcluding(undefined)
            void decide(
              excluding.map(({ id }) => id),
              'excluded',
              reason,
            )
          }}
        />
      )}
    </>
  )
}

function Nothing({ rounds, counts, view }: Pick<QueueProps, 'rounds' | 'counts' | 'view'>) {
  if (counts.flagged === 0 && rounds.length > 1 && view.round !== 'all')
    return <p>这一轮目前没有有疑点的答卷。以前的，请在“轮次”里选。</p>
  if (counts.flagged === 0) return <p>目前没有有疑点的答卷。有新答卷时会自动检查，几秒后出现在这里。</p>
  if (view.decision === 'open' && !view.sign && !view.community)
    return <p>有疑点的{counts.flagged}份都复核过了。要改结论，请在“复核结论”里选“已保留”或“已排除”。</p>
  return <p>没有符合条件的答卷，请换一个疑点、社区或结论。</p>
}
