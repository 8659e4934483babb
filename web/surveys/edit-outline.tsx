import { Button, Dropdown } from 'antd'
import type { KeyboardEvent } from 'react'
import type { Json } from '../../shared/surveys/definition.ts'
import { type Entry, insertAt, move, type Place, type Sheet, sheetsOf } from '../../shared/surveys/edit.ts'
import { type Kind, kinds, newQuestion } from '../../shared/surveys/edit-kinds.ts'
import { useDesk } from './edit-context.ts'

const same = (one: unknown, other: Place) => Array.isArray(one) && one.join() === other.join()

/** Every question by page: picking, adding and moving. */
export function Outline() {
  const { state, definition, pick, change } = useDesk()
  const sheets = sheetsOf(definition)
  const addPage = () => {
    const at = sheets.length
    const page = { name: freePage(sheets), title: '新的一页', elements: [] }
    change((now) => insertAt(now, [at], page), { pick: [at] })
  }
  return (
    <nav aria-label="题目" className="panel edit-outline">
      <button
        type="button"
        className="edit-entry"
        aria-current={state.picked === 'survey' || undefined}
        onClick={() => pick('survey')}
      >
        问卷名称和说明
      </button>
      {sheets.map((sheet) => (
        <SheetList key={sheet.place.join()} sheet={sheet} first={firstNumber(sheets, sheet)} />
      ))}
      <Button size="small" onClick={addPage}>
        加一页
      </Button>
      <p className="under">选中一道题后，按 Alt+↑ 或 Alt+↓ 调整先后。</p>
    </nav>
  )
}

const asks = ({ type }: Entry) => type !== 'html'

function firstNumber(sheets: Sheet[], sheet: Sheet): number {
  const before = sheets.slice(0, sheets.indexOf(sheet))
  return before.reduce((sum, { entries }) => sum + entries.filter(asks).length, 1)
}

function freePage(sheets: Sheet[]): string {
  const taken = new Set(sheets.map(({ json }) => json.name))
  for (let at = sheets.length + 1; ; at += 1) if (!taken.has(`page${at}`)) return `page${at}`
}

function SheetList({ sheet, first }: { sheet: Sheet; first: number }) {
  const { state, pick } = useDesk()
  return (
    <section aria-label={sheet.title}>
      <button
        type="button"
        className="edit-sheet"
        aria-current={same(state.picked, sheet.place) || undefined}
        onClick={() => pick(sheet.place)}
      >
        {sheet.title}
      </button>
      <ol>
        {sheet.entries.map((entry, at) => (
          <li key={entry.place.join()}>
            <EntryButton
              entry={entry}
              number={asks(entry) ? first + sheet.entries.slice(0, at).filter(asks).length : undefined}
            />
          </li>
        ))}
      </ol>
      <AddQuestion sheet={sheet} />
    </section>
  )
}

function EntryButton({ entry, number }: { entry: Entry; number?: number }) {
  const { state, definition, pick, change } = useDesk()
  const { json, place, name } = entry
  const isWrong = state.draft.problems.some(({ at }) => at === name)
  const onKeyDown = (event: KeyboardEvent<HTMLButtonElement>) => {
    const step =
      event.altKey && event.key === 'ArrowUp' ? -1 : event.altKey && event.key === 'ArrowDown' ? 1 : undefined
    if (!step) return
    event.preventDefault()
    const moved = move(definition, place, step)
    change(() => moved.definition, { pick: moved.place })
    focusSoon(moved.place)
  }
  return (
    <button
      type="button"
      className="edit-entry"
      data-place={place.join()}
      aria-current={same(state.picked, place) || undefined}
      onClick={() => pick(place)}
      onKeyDown={onKeyDown}
    >
      {number !== undefined && <span className="edit-number">{number}.</span>} {entry.title || '（没有题目文字）'}
      {marksOf(json).map((mark) => (
        <span key={mark}>
          {' '}
          <small>{mark}</small>
        </span>
      ))}
      {isWrong && ' '}
      {isWrong && <small className="edit-wrong">有问题</small>}
    </button>
  )
}

/** The question that was moved keeps the keyboard. */
function focusSoon(place: Place): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-place="${place.join()}"]`)?.focus())
}

function marksOf(json: Json): string[] {
  return [
    ...(json.isRequired === true ? ['必答'] : []),
    ...(typeof json.visibleIf === 'string' ? ['有条件'] : []),
    ...(json.demand !== undefined ? ['计入需求测算'] : []),
  ]
}

/** A question more: after the one that is picked, or at the end of its page. */
function AddQuestion({ sheet: { place, json, title } }: { sheet: Sheet }) {
  const { state, change, freshCode } = useDesk()
  const add = (kind: Kind) => {
    const question = newQuestion(kind, freshCode('q'), () => freshCode('c'))
    const [page, within] = Array.isArray(state.picked) ? state.picked : []
    const end = Array.isArray(json.elements) ? json.elements.length : 0
    const at = [...place, page === place[0] && within !== undefined ? within + 1 : end]
    change((now) => insertAt(now, at, question), { pick: at })
  }
  const items = Object.entries(kinds).map(([key, label]) => ({ key, label }))
  return (
    <Dropdown menu={{ items, onClick: ({ key }) => add(key as Kind) }} trigger={['click']}>
      <Button size="small" aria-label={`在“${title}”里加一道题`}>
        加题
      </Button>
    </Dropdown>
  )
}
