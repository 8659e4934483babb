import { useState } from 'react'
import { reasonOf } from '../api/call.ts'

/** Something that a button does: whether it is under way, and why it was refused. */
export function useDoing() {
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState('')
  /** True where it was done. */
  const run = async (work: () => Promise<void>): Promise<boolean> => {
    setBusy(true)
    setRefused('')
    try {
      await work()
      return true
    } catch (error) {
      setRefused(reasonOf(error).message)
      return false
    } finally {
      setBusy(false)
    }
  }
  return { busy, refused, run }
}
