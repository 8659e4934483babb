import { useSyncExternalStore } from 'react'
import { type Me, readMe, readSetup, signOut } from '../../shared/people/api.ts'
import type { Problem } from '../../shared/problem.ts'
import { call, Refused, reasonOf, whenAnswered } from '../api/call.ts'
import { clearSeen, isIdle, noteSeen, wasSeen, watchUse } from './session-seen.ts'

/** Who sits in front of the desk. */
export type Present =
  | { face: 'waiting' }
  | { face: 'refused'; message: string }
  /** There is no administrator yet: this machine reads the desk without an account, others do not. */
  | { face: 'open' }
  | { face: 'closed' }
  | { face: 'nobody'; why?: Ended }
  /** `password`: what they have just signed in with, for a step that asks for it again. */
  | { face: 'somebody'; me: Me; password?: string }

/** Why a session is over, where the person did not end it. */
export type Ended = 'idle' | 'ended'

let present: Present = { face: 'waiting' }
const listeners = new Set<() => void>()
let forget = (): void => undefined

function become(next: Present): void {
  present = next
  for (const tell of listeners) tell()
}

function subscribe(tell: () => void): () => void {
  listeners.add(tell)
  return () => listeners.delete(tell)
}

export const usePresent = (): Present => useSyncExternalStore(subscribe, () => present)

/** Begins to keep watch; `clear` throws away what pages keep of somebody. */
export function watchSession(clear: () => void): void {
  forget = clear
  whenAnswered(hear)
  watchUse({ idle: () => over(), elsewhere: (person) => (person ? location.reload() : over()) })
}

let asked: Promise<Present> | undefined

/** Who is here, asked once, as early as can be. */
export function whoIs(): Promise<Present> {
  asked ??= askWho()
  return asked
}

/** Asks the server who this is. Whoever was here before is asked for straight away, so that their first page waits for one answer less. */
export async function askWho(): Promise<Present> {
  try {
    become(wasSeen() ? await whoIsHere() : await whoIsNew())
  } catch (error) {
    become({ face: 'refused', message: reasonOf(error).message })
  }
  return present
}

async function whoIsHere(): Promise<Present> {
  const me = await readSignedIn()
  if (me) return me
  const why = isIdle() ? 'idle' : 'ended'
  clearSeen()
  return (await hasAdministrator()) ? { face: 'nobody', why } : { face: 'open' }
}

async function whoIsNew(): Promise<Present> {
  if (!(await hasAdministrator())) return { face: 'open' }
  return (await readSignedIn()) ?? { face: 'nobody' }
}

async function hasAdministrator(): Promise<boolean> {
  return (await call(readSetup, undefined)).administrator
}

async function readSignedIn(): Promise<Present | undefined> {
  try {
    const me = await call(readMe, undefined)
    noteSeen(me.id)
    return { face: 'somebody', me }
  } catch (error) {
    if (error instanceof Refused && error.problem.code === 'sign_in_needed') return undefined
    throw error
  }
}

/** Somebody has come in, or one step further. */
export function comeIn(me: Me, password?: string): void {
  forget()
  // Before the second step there is no session yet that could end.
  if (me.must !== 'second-factor') noteSeen(me.id)
  become({ face: 'somebody', me, ...(me.must ? { password } : {}) })
}

/** Whether the desk's pages are likely to be shown; whoever was here before may be asked for while their pages come. */
export async function mayEnter(): Promise<boolean> {
  if (wasSeen()) return true
  const { face } = await whoIs()
  return face === 'open' || face === 'somebody'
}

/** A step that was due is done. */
export async function goOn(password?: string): Promise<void> {
  comeIn(await call(readMe, undefined), password)
}

/** Signs out, also where the server does not know the session any more. @throws {Refused} */
export async function goOut(): Promise<void> {
  await call(signOut, undefined)
  clearSeen()
  forget()
  become({ face: 'nobody' })
}

/** Back to the beginning of signing in. */
export function startAgain(): void {
  clearSeen()
  forget()
  become({ face: 'nobody' })
}

function over(): void {
  const why = isIdle() ? 'idle' : 'ended'
  clearSeen()
  forget()
  become({ face: 'nobody', why })
}

function hear(problem: Problem | undefined): void {
  if (present.face === 'somebody' && present.me.must !== 'second-factor') {
    if (!problem) noteSeen(present.me.id)
    else if (problem.code === 'sign_in_needed') over()
    else if (problem.code === 'first_finish' && !present.me.must) void askWho()
  } else if (present.face === 'open' && problem?.code === 'sign_in_needed') {
    become({ face: 'closed' })
    void hasAdministrator().then(
      (exists) => exists && become({ face: 'nobody' }),
      () => undefined,
    )
  }
}
