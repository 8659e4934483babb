import { useSyncExternalStore } from 'react'

const place = 'yixu.type'
const STANDARD_PX = 17
const SMALLEST_PX = 20
const LARGEST_PX = 30
const FIRST_PX = 22

/** The size of text, in CSS pixels; `large` also puts one question on a screen and makes everything one touches bigger. */
export interface TypeSize {
  large: boolean
  px: number
}

const standard: TypeSize = { large: false, px: STANDARD_PX }
const listeners = new Set<() => void>()
let size = remembered()
show()

function remembered(): TypeSize {
  try {
    const px = Number(localStorage.getItem(place))
    return px >= SMALLEST_PX && px <= LARGEST_PX ? { large: true, px } : standard
  } catch {
    return standard
  }
}

function show(): void {
  document.documentElement.style.fontSize = `${size.px}px`
  document.documentElement.classList.toggle('large', size.large)
}

function change(next: TypeSize): void {
  size = next
  show()
  for (const tell of listeners) tell()
  try {
    localStorage.setItem(place, next.large ? String(next.px) : '')
  } catch {
    return
  }
}

function listen(tell: () => void): () => void {
  listeners.add(tell)
  return () => listeners.delete(tell)
}

export const useTypeSize = () => useSyncExternalStore(listen, () => size)

/** One tap to large type; there, two buttons make it larger or smaller. */
export function TypeControls() {
  const { large, px } = useTypeSize()
  if (!large) {
    return (
      <button type="button" className="quiet" onClick={() => change({ large: true, px: FIRST_PX })}>
        大字版
      </button>
    )
  }
  const by = (step: number) => change({ large: true, px: Math.min(LARGEST_PX, Math.max(SMALLEST_PX, px + step)) })
  return (
    <>
      <button type="button" className="quiet" aria-label="字小一点" disabled={px <= SMALLEST_PX} onClick={() => by(-2)}>
        小
      </button>
      <button type="button" className="quiet" aria-label="字大一点" disabled={px >= LARGEST_PX} onClick={() => by(2)}>
        大
      </button>
      <button type="button" className="quiet" aria-label="回到标准字号" onClick={() => change(standard)}>
        标准
      </button>
    </>
  )
}
