import { useRef, useState } from 'react'
import { shownWord } from '../../shared/deliberations/kinds.ts'
import { moderate, type Statement } from '../../shared/deliberations/statements-api.ts'
import { usePermitted } from '../kit/permitted.tsx'
import { Refusal } from '../kit/refusal.tsx'
import { useDesk } from './desk-here.ts'
import { chosenBy, type FilterName, filtersFor } from './desk-queue-filter.ts'
import { type Asking, DeskStatement } from './desk-statement.tsx'
import { keyWork } from './desk-statement-keys.ts'
import { useModeration } from './use-moderation.ts'

/** All that was said, the newest first; what waits can be worked through by keyboard. */
export function DeskQueue() {
  const { room, statements, services } = useDesk()
  const [filter, setFilter] = useState<FilterName>(room.head.moderated ? 'waiting' : 'shown')
  const [active, setActive] = useState<string>()
  const [asking, setAsking] = useState<Asking>()
  const list = useRef<HTMLOListElement>(null)
  const moderation = useModeration()
  const mayModerate = usePermitted().may(moderate)
  const shown = chosenBy(filter, statements)
  const at = Math.max(
    0,
    shown.findIndex(({ id }) => id === active),
  )
  const focusOn = (id: string | undefined) =>
    list.current?.querySelector<HTMLElement>(`[data-statement="${id}"]`)?.focus()
  const move = (by: number) => focusOn(shown[at + by]?.id)
  /** Goes on to the next at once where the one at hand leaves the list: the next key is meant for that. */
  const finish = async (doing: Promise<boolean>, leaves: boolean) => {
    const here = shown[at]?.id
    const next = leaves ? (shown[at + 1] ?? shown[at - 1])?.id : here
    if (!asking) focusOn(next)
    const isDone = await doing
    if (!asking && !isDone) focusOn(here)
    if (!asking || !isDone) return
    setAsking(undefined)
    focusOn(next)
  }
  const ask = (next: Asking | undefined) => {
    moderation.forget()
    setAsking(next)
    if (!next) focusOn(active)
  }
  const leavesBy = (after: Partial<Statement>) => {
    const [here] = shown.slice(at, at + 1)
    return here !== undefined && chosenBy(filter, [{ ...here, ...after }]).length === 0
  }
  const { kind } = room.head
  const word = shownWord(kind)
  const work = { moderation, finish, leavesBy, ask, statements, services, kind }
  return (
    <section className="room-part room-queue" aria-labelledby="queue">
      <header>
        <h2 id="queue">意见</h2>
        <fieldset className="room-filters">
          <legend className="unseen">只看</legend>
          {filtersFor(room.head.kind).map(({ name, title }) => (
            <FilterButton
              key={name}
              {...{ title, n: chosenBy(name, statements).length, isOn: filter === name }}
              calls={name === 'waiting'}
              choose={() => setFilter(name)}
            />
          ))}
        </fieldset>
      </header>
      {mayModerate && (
        <p className="under keys">
          J/K 上下，A {word}，R 不采用，M 并入，S 拆开，1–9 归类，回车用建议的归类，E{' '}
          {kind === 'consultation' ? '答复' : '写结果'}
        </p>
      )}
      {moderation.refused && !asking && <Refusal message={moderation.refused} />}
      {shown.length === 0 && <p className="under">{nothing(word)[filter]}</p>}
      <ol ref={list} className="room-statements">
        {shown.map((statement, index) => (
          <DeskStatement
            key={statement.id}
            statement={statement}
            isCurrent={index === at}
            mayModerate={mayModerate}
            asking={asking?.id === statement.id ? asking : undefined}
            work={work}
            onFocus={() => setActive(statement.id)}
            onKeyDown={mayModerate ? (event) => keyWork(event, statement, work, move) : undefined}
          />
        ))}
      </ol>
    </section>
  )
}

interface FilterProps {
  title: string
  n: number
  isOn: boolean
  /** Whether somebody is to be made aware of those. */
  calls: boolean
  choose(): void
}

function FilterButton({ title, n, isOn, calls, choose }: FilterProps) {
  return (
    <button type="button" aria-pressed={isOn} className={calls && n > 0 ? 'calls' : undefined} onClick={choose}>
      {title} {n}
    </button>
  )
}

const nothing = (word: string): Record<FilterName, string> => ({
  waiting: `没有等着审核的意见。手机上提的意见会出现在这里，${word}后大家才看得到。`,
  shown: `还没有${word}的意见。手机上提的，审核后${word}。`,
  unanswered: '公开的意见都答复了，可以下载答复表。',
  uncoded: `已${word}的意见都归好类了。`,
  merged: '没有并入别条的意见。两条说的是一件事时，按 M 并到一起，双方原话都保留。',
  rejected: '没有不采用的意见。',
  all: '还没有人提意见。',
})
