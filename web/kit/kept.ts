import { useState } from 'react'

/** A setting of a screen that this browser remembers. Where storage is refused it lasts as long as the page. */
export function useKept<T>(name: string, first: T): [T, (value: T) => void] {
  const [value, setValue] = useState<T>(() => readKept(name, first))
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

export function readKept<T>(name: string, first: T): T {
  return { ...first, ...read(name) }
}

function read(name: string): object {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(`yixu.${name}`) ?? '{}')
    return typeof kept === 'object' && kept !== null ? kept : {}
  } catch {
    return {}
  }
}
