import { Button } from 'antd'
import { type ReactNode, useRef } from 'react'
import { flushSync } from 'react-dom'
import { moved } from './plan-draft.ts'

interface Props<One extends { id: string }> {
  /** What one of them is called, e.g. 议程. */
  name: string
  all: One[]
  most: number
  change(all: One[]): void
  make(): One
  children(one: One, position: number, change: (more: Partial<One>) => void): ReactNode
}

/** Rows that are added, moved and taken away by buttons. */
export function PlanListEditor<One extends { id: string }>({ name, all, most, change, make, children }: Props<One>) {
  const list = useRef<HTMLOListElement>(null)
  const add = () => {
    // Whoever types on at once must find the new row under the keys.
    flushSync(() => change([...all, make()]))
    list.current?.querySelector<HTMLInputElement>('li:last-child input')?.focus()
  }
  const put = (id: string, more: Partial<One>) => change(all.map((one) => (one.id === id ? { ...one, ...more } : one)))
  return (
    <>
      <ol className="plan-rows" ref={list}>
        {all.map((one, i) => (
          <li key={one.id}>
            {children(one, i + 1, (more) => put(one.id, more))}
            <span className="plan-moves">
              <Button
                aria-label={`${name}第${i + 1}项上移`}
                disabled={i === 0}
                onClick={() => change(moved(all, i, -1))}
              >
                ↑
              </Button>
              <Button
                aria-label={`${name}第${i + 1}项下移`}
                disabled={i === all.length - 1}
                onClick={() => change(moved(all, i, 1))}
              >
                ↓
              </Button>
              <Button
                aria-label={`删去${name}第${i + 1}项`}
                onClick={() => change(all.filter(({ id }) => id !== one.id))}
              >
                删去
              </Button>
            </span>
          </li>
        ))}
      </ol>
      <Button onClick={add} disabled={all.length >= most}>
        加一项
      </Button>
    </>
  )
}
