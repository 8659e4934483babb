import { Button } from 'antd'
import type { KeyboardEvent } from 'react'
import { Link } from 'react-router'
import { answerNames, shownWord, stateName } from '../../shared/deliberations/kinds.ts'
import type { Statement } from '../../shared/deliberations/statements-api.ts'
import { useDesk } from './desk-here.ts'
import { StatementQuestion } from './desk-statement-asks.tsx'
import { approve, code, isOnWall, type StatementWork, split } from './desk-statement-keys.ts'

/** What is asked of whoever does something with a statement. */
export interface Asking {
  id: string
  what: 'reject' | 'merge' | 'result'
}

interface Props {
  statement: Statement
  isCurrent: boolean
  mayModerate: boolean
  asking: Asking | undefined
  work: StatementWork
  onFocus(): void
  onKeyDown: ((event: KeyboardEvent) => void) | undefined
}

/** One statement; the current one with what can be done with it. */
export function DeskStatement({ statement, isCurrent, mayModerate, asking, work, onFocus, onKeyDown }: Props) {
  const { id, number, text, seat, channel, state, reason, answer, result, mergedInto } = statement
  const into = work.statements.find((each) => each.id === mergedInto)
  const inside = work.statements.filter((each) => each.mergedInto === id)
  const from = [seat ? `${seat} 号座` : undefined, channel === 'phone' ? '手机' : '现场记录'].filter(Boolean)
  return (
    <li
      data-statement={id}
      tabIndex={isCurrent ? 0 : -1}
      className={isCurrent ? 'current' : undefined}
      aria-label={`第 ${number} 条：${text}`}
      onFocus={onFocus}
      onKeyDown={onKeyDown}
    >
      <p className="said">
        <strong>{number}</strong> {text}
      </p>
      <p className="sub">
        {from.join(' · ')} · {into ? `已并入第 ${into.number} 条` : stateName(state, work.kind)}
        {reason && `：${reason}`}
        {result && ` · ${answer ? answerNames[answer] : '结果'}：${result}`} <Service {...{ statement, work }} />
      </p>
      {inside.length > 0 && (
        <ul className="merged">
          {inside.map((each) => (
            <li key={each.id}>
              并入的第 {each.number} 条：{each.text}
            </li>
          ))}
        </ul>
      )}
      {mayModerate && isCurrent && !asking && <Actions {...{ statement, inside, work }} />}
      {asking && <StatementQuestion {...{ statement, asking, work }} />}
    </li>
  )
}

function Service({ statement: { service, suggested }, work }: Pick<Props, 'statement' | 'work'>) {
  const name = (code: string) => work.services.find((each) => each.code === code)?.zh ?? code
  if (service) return <span className="tag">{name(service)}</span>
  return suggested ? <span className="tag quiet">建议：{name(suggested)}</span> : null
}

function Actions({ statement, inside, work }: Pick<Props, 'statement' | 'work'> & { inside: Statement[] }) {
  const { id, state, service, suggested } = statement
  const { deliberation } = useDesk().params
  const { busy, set } = work.moderation
  const waits = state === 'received' || state === 'rejected'
  const ask = (what: Asking['what']) => () => work.ask({ id, what })
  const button = (title: string, act: () => void) => (
    <Button key={title} size="small" tabIndex={-1} disabled={busy} onClick={act}>
      {title}
    </Button>
  )
  return (
    <>
      <div className="statement-actions">
        {waits && button(`${shownWord(work.kind)} A`, () => approve(statement, work))}
        {(waits || state === 'shown') && button('不采用 R', ask('reject'))}
        {(state === 'received' || state === 'shown') && button('并入 M', ask('merge'))}
        {(state === 'merged' || inside.length > 0) && button('拆开 S', () => split(statement, work))}
        {isOnWall(statement) && button(work.kind === 'consultation' ? '答复 E' : '写结果 E', ask('result'))}
        {state === 'shown' &&
          button('撤下', () => void work.finish(set(statement, 'received'), work.leavesBy({ state: 'received' })))}
        {state === 'discussed' &&
          button(
            '撤回结果',
            () => void work.finish(set(statement, 'shown'), work.leavesBy({ state: 'shown', answer: null })),
          )}
        {isOnWall(statement) && (
          <Link to={`/deliberations/${deliberation}/follow-ups?statement=${id}`} tabIndex={-1}>
            记为跟进
          </Link>
        )}
      </div>
      <fieldset className="statement-services">
        <legend className="unseen">归入哪一项服务</legend>
        {work.services.map(({ code: each, zh }, index) => (
          <button
            key={each}
            type="button"
            tabIndex={-1}
            disabled={busy}
            aria-pressed={service === each}
            className={!service && suggested === each ? 'suggested' : undefined}
            onClick={() => code(statement, each, work)}
          >
            {index < 9 && `${index + 1} `}
            {zh}
          </button>
        ))}
        {(service || suggested) && (
          <button type="button" tabIndex={-1} disabled={busy} onClick={() => code(statement, null, work)}>
            0 都不是
          </button>
        )}
      </fieldset>
    </>
  )
}
