import { useEffect, useReducer } from 'react'
import type { Json } from '../../shared/surveys/definition.ts'
import type { DraftRead } from '../../shared/surveys/drafts-api.ts'
import { editable, type Place } from '../../shared/surveys/edit.ts'

/** What is edited. */
export interface Text {
  title: string
  definition: Json
  retentionDays: number
}

/** What is picked: the survey itself, a page or a question. */
export type Picked = Place | 'survey'

export interface Editing {
  now: Text
  /** What stands in the database. */
  saved: Text
  draft: DraftRead
  past: Text[]
  future: Text[]
  picked: Picked
  /** Typing in one field is one step to undo. */
  field?: string
}

export type Act =
  | { do: 'edit'; edit: (now: Text) => Text; field?: string; pick?: Picked }
  | { do: 'pick'; picked: Picked }
  | { do: 'undo' | 'redo' }
  /** The server has answered: with what was sent, or with what somebody else has saved. */
  | { do: 'saved'; sent: Text; draft: DraftRead }
  | { do: 'theirs'; draft: DraftRead }
  /** Ours goes over what somebody else has saved. */
  | { do: 'ours'; draft: DraftRead }

const MOST_STEPS = 100

export const textOfDraft = ({ title, definition, retentionDays }: DraftRead): Text => ({
  ...{ title, retentionDays },
  definition: editable(definition as Json),
})

function reduce(state: Editing, act: Act): Editing {
  const { now, past, future } = state
  switch (act.do) {
    case 'edit': {
      const next = act.edit(now)
      const picked = act.pick ?? state.picked
      if (next === now) return { ...state, picked }
      const goesOn = act.field !== undefined && act.field === state.field && past.length > 0
      return {
        ...state,
        now: next,
        picked,
        field: act.field,
        future: [],
        past: goesOn ? past : [...past, now].slice(-MOST_STEPS),
      }
    }
    case 'pick':
      return { ...state, picked: act.picked, field: undefined }
    case 'undo': {
      const before = past.at(-1)
      if (!before) return state
      return { ...state, now: before, past: past.slice(0, -1), future: [now, ...future], field: undefined }
    }
    case 'redo': {
      const [next, ...rest] = future
      return next ? { ...state, now: next, past: [...past, now], future: rest, field: undefined } : state
    }
    case 'saved':
      return { ...state, saved: act.sent, draft: act.draft, field: undefined }
    case 'theirs': {
      const text = textOfDraft(act.draft)
      return { ...state, now: text, saved: text, draft: act.draft, past: [...past, now], future: [], field: undefined }
    }
    case 'ours':
      return { ...state, draft: act.draft, saved: textOfDraft(act.draft) }
  }
}

/** What was not saved when somebody went to another page of the desk; a closed window has been warned of. */
const shelf = new Map<string, Editing>()

/** Whatever is edited, with every step back. */
export function useEditing(draft: DraftRead, key: string) {
  const [state, act] = useReducer(reduce, undefined, (): Editing => {
    const left = shelf.get(key)
    if (left) return left
    const text = textOfDraft(draft)
    return { now: text, saved: text, draft, past: [], future: [], picked: 'survey' }
  })
  const isDirty = state.now !== state.saved
  useEffect(() => {
    if (isDirty) shelf.set(key, state)
    else shelf.delete(key)
  }, [key, state, isDirty])
  useEffect(() => {
    if (!isDirty) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', warn)
    return () => removeEventListener('beforeunload', warn)
  }, [isDirty])
  return { state, act, isDirty }
}

/** The draft is gone: published or discarded. */
export const forgetEditing = (key: string) => shelf.delete(key)
