import { useEffect, useState } from 'react'
import { Refused } from './call.ts'

/** The three faces of a screen. */
export type Face<T> = { face: 'waiting' } | { face: 'refused'; message: string } | { face: 'ready'; data: T }

/** Loads once, and again when `key` changes. */
export function useCall<T>(load: () => Promise<T>, key: string): Face<T> {
  const [face, setFace] = useState<Face<T>>({ face: 'waiting' })
  // biome-ignore lint/correctness/useExhaustiveDependencies: `load` is made anew on every render; `key` says when it means something else
  useEffect(() => {
    let here = true
    setFace({ face: 'waiting' })
    load().then(
      (data) => here && setFace({ face: 'ready', data }),
      (error: unknown) => {
        const message = error instanceof Refused ? error.message : '页面出了点问题，请刷新后再试。'
        if (here) setFace({ face: 'refused', message })
      },
    )
    return () => {
      here = false
    }
  }, [key])
  return face
}
