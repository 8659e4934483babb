import { Button } from 'antd'
import { useEffect, useRef } from 'react'
import type { FlaggedAnswer } from '../../shared/quality/api.ts'
import { signNames, signSources } from '../../shared/quality/signs.ts'
import type { Channel } from '../../shared/surveys/api.ts'
import { channelNames } from '../../shared/surveys/channel-names.ts'
import { decisionWords, durationWords, momentWords } from './words.ts'

interface Props {
  answer: FlaggedAnswer
  communityName: string
  current: boolean
  busy: boolean
  choose(): void
  keep(): void
  exclude(): void
  reopen(): void
}

/** One answer with what speaks against it; the current one is open to be read. */
export function FlaggedCard({ answer, communityName, current, busy, choose, keep, exclude, reopen }: Props) {
  const own = useRef<HTMLLIElement>(null)
  const was = useRef(current)
  useEffect(() => {
    // Whoever opens the page begins at its top; whoever moves on by keyboard is taken along.
    if (current && !was.current) own.current?.scrollIntoView({ block: 'nearest' })
    was.current = current
  }, [current])
  const { channel, proxy, startedAt, signs, score, decision, reason, decidedAt } = answer
  return (
    <li ref={own} className={current ? 'flagged current' : 'flagged'} aria-current={current}>
      <h2>
        <button type="button" className="plain" onClick={choose} aria-expanded={current}>
          {communityName} · {channelNames[channel as Channel] ?? channel}
          {proxy && '（代填）'} · {momentWords(startedAt)} · 用时{durationWords(answer)}
        </button>
      </h2>
      <p className="sub">
        {signs.length === 0 ? '没有疑点，由人工复核' : `疑点${score}分`} · {decisionWords[decision]}
        {reason && `：${reason}`}
        {decision !== 'open' && decidedAt && `（${momentWords(decidedAt)}）`}
      </p>
      <ul className="signs">
        {signs.map(({ sign, words, points }) => (
          <li key={sign}>
            <strong>{signNames[sign]}</strong> {words}（{points}分）
            {current && <span className="sub source">{signSources[sign]}</span>}
          </li>
        ))}
      </ul>
      {current && (
        <>
          <dl className="said">
            {answer.said.map(({ title, text, open }) => (
              <div key={title} className={open ? 'open' : undefined}>
                <dt>{title}</dt>
                <dd>{text}</dd>
              </div>
            ))}
          </dl>
          <div className="actions">
            <Button disabled={busy || decision === 'kept'} onClick={keep}>
              保留（B）
            </Button>
            <Button danger disabled={busy || decision === 'excluded'} onClick={exclude}>
              排除（P）
            </Button>
            {decision !== 'open' && (
              <Button type="link" disabled={busy} onClick={reopen}>
                退回未复核
              </Button>
            )}
          </div>
        </>
      )}
    </li>
  )
}
