import { createContext, useContext } from 'react'
import type { Json } from '../../shared/surveys/definition.ts'
import { codesIn } from '../../shared/surveys/edit-choices.ts'
import type { Act, Editing, Picked } from './edit-state.ts'

/** What every part of the editor works with. */
export interface Desk {
  state: Editing
  act(act: Act): void
}

const DeskHere = createContext<Desk | undefined>(undefined)
export const EditingHere = DeskHere.Provider

export function useDesk() {
  const { state, act } = useContext(DeskHere) as Desk
  const { definition } = state.now
  return {
    ...{ state, act, definition },
    pick: (picked: Picked) => act({ do: 'pick', picked }),
    /** Changes the questions; `field` names what is being typed in. */
    change: (edit: (definition: Json) => Json, more: { field?: string; pick?: Picked } = {}) =>
      act({
        do: 'edit',
        edit: (now) => {
          const next = edit(now.definition)
          return next === now.definition ? now : { ...now, definition: next }
        },
        ...more,
      }),
    /** A code that nothing in this questionnaire has, and that means nothing. */
    freshCode: (letter: string) => {
      const taken = codesIn(definition, state.saved.definition)
      for (;;) {
        const code = letter + crypto.getRandomValues(new Uint32Array(1))[0]!.toString(36).padStart(5, '0').slice(-5)
        if (!taken.has(code)) return code
      }
    },
  }
}
