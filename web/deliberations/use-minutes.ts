import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import {
  editMinutes,
  type Minutes,
  type MinutesTexts,
  readMinutes,
  setMinutesStatus,
} from '../../shared/deliberations/minutes-api.ts'
import { call, Refused, reasonOf } from '../api/call.ts'
import { questionOf } from '../api/use-answer.ts'
import { type PlanParams, useListAnew } from './use-plan.ts'

/** What somebody has written and not saved yet, upon which revision. */
interface Written {
  revision: number
  texts: MinutesTexts
  /** Somebody else has saved meanwhile: what they wrote stands beside. */
  isBehind: boolean
}

export const textIn = (texts: MinutesTexts, section: string): string =>
  texts.find((one) => one.section === section)?.text ?? ''

/** Read anew each time the page is opened: the record goes on. */
export function useFreshMinutes(params: PlanParams): void {
  const queries = useQueryClient()
  const { district, deliberation } = params
  useEffect(() => {
    void queries.invalidateQueries({ queryKey: questionOf(readMinutes, { district, deliberation }).queryKey })
  }, [queries, district, deliberation])
}

/** The words of minutes as they are being written, and what can be done with them. */
export function useMinutes(params: PlanParams, stored: Minutes) {
  const queries = useQueryClient()
  const listAnew = useListAnew(params.district)
  const [written, setWritten] = useState<Written>()
  const [fault, setFault] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const put = (minutes: Minutes) => queries.setQueryData(questionOf(readMinutes, params).queryKey, minutes)
  const isChanged = written !== undefined
  useUnsavedWarning(isChanged)

  const doing = async (work: () => Promise<void>) => {
    setBusy(true)
    setFault(undefined)
    try {
      await work()
    } catch (error) {
      setFault(reasonOf(error).message)
      if (codeOf(error) === 'minutes_changed') await catchUp()
    }
    setBusy(false)
  }
  /** What the others saved is read; what was written here stays, to be saved on top of it. */
  const catchUp = async () => {
    const now = await call(readMinutes, params).catch(() => undefined)
    if (!now) return
    put(now)
    setWritten((own) => own && { ...own, revision: now.revision, isBehind: true })
  }

  return {
    ...{ isChanged, isBusy, fault },
    texts: written?.texts ?? stored.texts,
    isBehind: written?.isBehind ?? false,
    write(section: string, text: string) {
      const { revision, texts, isBehind } = written ?? { ...stored, isBehind: false }
      const others = texts.filter((one) => one.section !== section)
      setWritten({ revision, texts: [...others, { section, text }], isBehind })
    },
    save: () =>
      doing(async () => {
        if (!written) return
        const { revision, texts } = written
        put(await call(editMinutes, params, { body: { revision, texts } }))
        setWritten(undefined)
      }),
    turn: (status: 'approved' | 'published') =>
      doing(async () => {
        put(await call(setMinutesStatus, params, { body: { revision: stored.revision, status } }))
        await listAnew()
      }),
  }
}

const codeOf = (error: unknown): string | undefined => (error instanceof Refused ? error.problem.code : undefined)

/** The browser asks before a page with unsaved words is closed. */
function useUnsavedWarning(isChanged: boolean): void {
  useEffect(() => {
    if (!isChanged) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [isChanged])
}
