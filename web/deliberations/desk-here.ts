import { useQueryClient } from '@tanstack/react-query'
import { createContext, use, useMemo } from 'react'
import type { Planned } from '../../shared/deliberations/api.ts'
import { type Attendee, listAttendance } from '../../shared/deliberations/attendance-api.ts'
import { listQuestions, type Question } from '../../shared/deliberations/questions-api.ts'
import type { Room, RoomChange } from '../../shared/deliberations/room.ts'
import { listStatements, type Statement } from '../../shared/deliberations/statements-api.ts'
import { questionOf } from '../api/use-answer.ts'

export interface RoomParams {
  district: string
  deliberation: string
}

/** What the parts of the screen from which a meeting is run have in common. */
export interface Desk {
  params: RoomParams
  planned: Planned
  room: Room
  statements: Statement[]
  questions: Question[]
  /** Whoever may only read is not told who is here. */
  attendance?: Attendee[]
  lists: DeskLists
  /** The nine services and those of the district, in the catalogue's order. */
  services: { code: string; zh: string }[]
}

const Here = createContext<Desk | undefined>(undefined)

export const DeskHere = Here
export function useDesk(): Desk {
  const desk = use(Here)
  if (!desk) throw new Error('outside of the room')
  return desk
}

export interface DeskLists {
  /** Puts what a call answered in its place, before the list is read again. */
  placeStatement(statement: Statement): void
  placeQuestion(question: Question): void
  reread(about: Extract<RoomChange, { kind: 'desk' }>['about']): void
}

const PAUSE_MS = 400

/** At once, and what comes soon afterwards once more for all of it: two hundred people sign in within a few minutes. */
function seldom(act: (about: string) => void): (about: string) => void {
  const resting = new Map<string, boolean>()
  const go = (about: string) => {
    resting.set(about, false)
    act(about)
    setTimeout(() => {
      const isWanted = resting.get(about)
      resting.delete(about)
      if (isWanted) go(about)
    }, PAUSE_MS)
  }
  return (about) => {
    if (resting.has(about)) resting.set(about, true)
    else go(about)
  }
}

/** What the desk has read of a room, and how it is brought up to date. */
export function useDeskLists({ district, deliberation }: RoomParams, planKey: readonly string[]): DeskLists {
  const queries = useQueryClient()
  return useMemo(() => {
    const params = { district, deliberation }
    const keys = {
      plan: planKey,
      attendance: questionOf(listAttendance, params).queryKey,
      statements: questionOf(listStatements, params).queryKey,
      questions: questionOf(listQuestions, params).queryKey,
    }
    const place = (key: readonly string[], one: { id: string }) =>
      queries.setQueryData<{ id: string }[]>(key, (all = []) =>
        all.some(({ id }) => id === one.id) ? all.map((each) => (each.id === one.id ? one : each)) : [...all, one],
      )
    const reread = seldom((about: string) => {
      if (about in keys) void queries.invalidateQueries({ queryKey: keys[about as keyof typeof keys] })
    })
    return {
      placeStatement: (statement) => place(keys.statements, statement),
      placeQuestion: (question) => place(keys.questions, question),
      reread,
    }
  }, [queries, district, deliberation, planKey])
}
