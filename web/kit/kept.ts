import { useState } from 'react'

/** A setting of a screen that this browser remembers. Where storage is refused it lasts as long as the page. */
export function useKept<T>(name: string, first: T): [T, (value: T) => void] {
  const [value, setValue] = useState<T>(() => ({ ...first, ...read(name) }))
  return [
    value,
    (next: T) => {
      setValue(next)
      try {
        localStorage.setItem(`yixu.${name}`, JSON.stringify(next))
      } catch {
        // Storage is full or refused: nothing to remember.
      }
    },
  ]
}

function read(name: string): object {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(`yixu.${name}`) ?? '{}')
    return typeof kept === 'object' && kept !== null ? kept : {}
  } catch {
    return {}
  }
}
