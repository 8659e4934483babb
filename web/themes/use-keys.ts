import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react'
import type { OpenAnswer } from '../../shared/themes/api.ts'
import type { Chosen } from './use-decisions.ts'
import { keyOf, suggestedIn } from './words.ts'

export interface KeyWork {
  confirm(answers: OpenAnswer[], codes?: Chosen): Promise<boolean>
  reject(answers: OpenAnswer[]): Promise<boolean>
  undo(): void
  quote(answer: OpenAnswer): void
  load(): void
}

export interface Keys {
  frame: RefObject<HTMLElement | null>
  /** The line the keyboard is at. */
  active: string | undefined
  setActive(key: string): void
  ticked: ReadonlySet<string>
  tick(keys: string[]): void
  onKeyDown(event: KeyboardEvent): void
}

/** One line is active, any number are ticked; keys act on those ticked, or else on the active one, and go on to the next. */
export function useKeys(answers: OpenAnswer[], work: KeyWork): Keys {
  const frame = useRef<HTMLElement>(null)
  const [active, setActive] = useState<string>()
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set())
  const at = Math.max(
    0,
    answers.findIndex((answer) => keyOf(answer) === active),
  )
  const current = answers[at]
  const shown = new Set(answers.map(keyOf))
  const chosen = answers.filter((answer) => ticked.has(keyOf(answer)))
  const hasTicked = chosen.length > 0

  // Lines that another filter hides are no longer ticked.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the lines shown matter
  useEffect(() => {
    if ([...ticked].some((key) => !shown.has(key))) setTicked(new Set([...ticked].filter((key) => shown.has(key))))
  }, [answers])

  function moveTo(index: number): void {
    const answer = answers[Math.min(Math.max(index, 0), answers.length - 1)]
    if (!answer) return
    setActive(keyOf(answer))
    lineOf(frame.current, keyOf(answer))?.focus()
    if (index >= answers.length - 5) work.load()
  }

  async function act(doing: (answers: OpenAnswer[]) => Promise<boolean>): Promise<void> {
    const those = hasTicked ? chosen : current ? [current] : []
    if (those.length === 0 || !(await doing(those))) return
    setTicked(new Set())
    if (!hasTicked) moveTo(at + 1)
  }

  function tick(keys: string[]): void {
    setTicked(new Set(keys))
  }

  const byKey: Record<string, () => void> = {
    j: () => moveTo(at + 1),
    ArrowDown: () => moveTo(at + 1),
    k: () => moveTo(at - 1),
    ArrowUp: () => moveTo(at - 1),
    ' ': () => {
      if (!current) return
      const key = keyOf(current)
      setTicked(ticked.has(key) ? new Set([...ticked].filter((each) => each !== key)) : new Set([...ticked, key]))
      moveTo(at + 1)
    },
    Enter: () => void act((those) => work.confirm(those)),
    x: () => void act(work.reject),
    u: work.undo,
    q: () => current && work.quote(current),
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || !isLine(event.target)) return
    const number = /^[1-9]$/.test(event.key) ? Number(event.key) : undefined
    const nth = (answer: OpenAnswer) => suggestedIn(answer).slice(number! - 1, number)
    const doing = number ? () => void act((those) => work.confirm(those, nth)) : byKey[event.key]
    if (!doing) return
    event.preventDefault()
    doing()
  }

  return { frame, active: current && keyOf(current), setActive, ticked, tick, onKeyDown }
}

const isLine = (target: EventTarget) => target instanceof HTMLTableRowElement

const lineOf = (frame: HTMLElement | null, key: string) =>
  frame?.querySelector<HTMLElement>(`tr[data-row-key="${CSS.escape(key)}"]`)
