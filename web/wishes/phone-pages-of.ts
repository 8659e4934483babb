import { useEffect, useRef, useState } from 'react'
import { reasonOf } from '../api/call.ts'

export interface Pages<Row> {
  face: 'waiting' | 'refused' | 'ready'
  rows: Row[]
  /** There is more. */
  more?(): void
  isBusy: boolean
  message?: string
  again(): void
}

type Read<Row> = (next: string | undefined) => Promise<{ wishes: Row[]; next: string | null }>

/** Page after page of a list; from the beginning when `key` changes. */
export function usePages<Row>(read: Read<Row>, key: string): Pages<Row> {
  const [rows, setRows] = useState<Row[]>([])
  const [next, setNext] = useState<string | null>(null)
  const [face, setFace] = useState<Pages<Row>['face']>('waiting')
  const [isBusy, setBusy] = useState(false)
  const [message, setMessage] = useState<string>()
  const turn = useRef(0)
  const load = async (from: string | undefined) => {
    const mine = ++turn.current
    setBusy(true)
    setMessage(undefined)
    try {
      const page = await read(from)
      if (mine !== turn.current) return
      setRows((before) => (from === undefined ? page.wishes : [...before, ...page.wishes]))
      setNext(page.next)
      setFace('ready')
    } catch (error) {
      if (mine !== turn.current) return
      setMessage(reasonOf(error).message)
      if (from === undefined) setFace('refused')
    }
    setBusy(false)
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` says what is read
  useEffect(() => {
    setFace('waiting')
    void load(undefined)
    return () => {
      turn.current += 1
    }
  }, [key])
  return {
    ...{ face, rows, isBusy, message },
    again: () => void load(undefined),
    ...(next === null ? {} : { more: () => void load(next) }),
  }
}
