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
  /** As they stood when the writing began. */
  from: MinutesTexts
  texts: MinutesTexts
  /** Sections that somebody else has saved otherwise meanwhile. */
  clashes: string[]
}

const MEANWHILE =
  '刚才别人也保存了纪要，您的改动还没有存上。别人改过的段落已经换成新的；两边都改过的，请看下面的对照，定下来再按“保存”。'

/** What was written here, with everything that only the others have changed. */
function caughtUp({ from, texts }: Written, { revision, texts: theirs }: Minutes): Written {
  const sections = new Set([...texts, ...theirs].map(({ section }) => section))
  const own = (section: string) => textIn(texts, section) !== textIn(from, section)
  const other = (section: string) => textIn(theirs, section) !== textIn(from, section)
  const differs = (section: string) => textIn(theirs, section) !== textIn(texts, section)
  return {
    revision,
    from: theirs,
    texts: [...sections].map((section) => ({ section, text: textIn(own(section) ? texts : theirs, section) })),
    clashes: [...sections].filter((section) => own(section) && other(section) && differs(section)),
  }
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
      if (codeOf(error) === 'minutes_changed' && written) await catchUp(written)
    }
    setBusy(false)
  }
  /** What the others saved is read; what was written here stays, to be saved on top of it. */
  const catchUp = async (own: Written) => {
    const now = await call(readMinutes, params).catch(() => undefined)
    if (!now) return
    put(now)
    setWritten(caughtUp(own, now))
    setFault(MEANWHILE)
  }

  return {
    ...{ isChanged, isBusy, fault },
    texts: written?.texts ?? stored.texts,
    clashes: written?.clashes ?? [],
    write(section: string, text: string) {
      const own = written ?? { revision: stored.revision, from: stored.texts, texts: stored.texts, clashes: [] }
      const others = own.texts.filter((one) => one.section !== section)
      setWritten({ ...own, texts: [...others, { section, text }] })
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
