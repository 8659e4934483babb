import type { Selectable, Updateable } from 'kysely'
import { type Actor, after, isEnded, moves, type State, type Step, stateNames } from '../../shared/wishes/states.ts'
import type { Db } from '../db/database.ts'
import type { WishesTables } from '../db/tables/wishes.ts'
import { refuse } from '../refusals.ts'
import { boardChanged } from './event-queries.ts'
import type { StoredWish } from './queries.ts'

/** Who takes a step: an id of a person, `resident`, or `system`, and as what. */
export interface By {
  actor: string
  role: Actor
}

type More = Omit<Updateable<WishesTables['wishes']>, 'state' | 'revision' | 'changed_at' | 'district_id' | 'id'>

/**
 * Takes one step with a wish whose row is held: judged by the machine of shared/wishes/states.ts, noted with who, when
 * and why, and counted for screens that follow the board. Nothing else changes the state of a wish.
 * @throws {Refusal} wishState, wishReason
 */
export async function takeStep(
  tx: Db,
  wish: StoredWish,
  step: Step,
  by: By,
  at: Date,
  { reason, ...more }: More = {},
): Promise<StoredWish> {
  const to = judged(wish, step, by.role)
  if (moves[step].reason && !reason?.trim()) throw refuse.wishReason()
  const { district_id: districtId, id } = wish
  const changed = await tx
    .updateTable('wishes')
    .set((is) => ({
      ...more,
      ...(reason === undefined ? {} : { reason }),
      ...(isEnded(to)
        ? { contact: null, name: null, contact_hash: null, original: is.ref('text'), fallback: false }
        : {}),
      ...{ state: to, revision: is('revision', '+', 1), changed_at: at },
    }))
    .where('district_id', '=', districtId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
  await note(tx, wish, { step, from: wish.state, to, reason: reason ?? null, by, at })
  return changed
}

/** What a wish would be after a step. @throws {Refusal} wishState where it may not be taken */
export function judged({ state }: Pick<StoredWish, 'state'>, step: Step, role: Actor): State {
  const to = after(state, step, role)
  if (to === undefined) throw refuse.wishState(`这个心愿现在是“${stateNames[state]}”，不能这样办，请刷新后再看。`)
  return to
}

interface Noted {
  step: Selectable<WishesTables['wish_steps']>['step']
  from: State | null
  to: State
  reason: string | null
  by: By
  at: Date
}

/** Adds to the history of a wish whose row is held, or which is new. */
export async function note(
  tx: Db,
  { district_id: districtId, id }: Pick<StoredWish, 'district_id' | 'id'>,
  { step, from, to, reason, by, at }: Noted,
): Promise<void> {
  const { last } = await tx
    .selectFrom('wish_steps')
    .select((is) => is.fn.coalesce(is.fn.max('seq'), is.lit(0)).as('last'))
    .where('district_id', '=', districtId)
    .where('wish_id', '=', id)
    .executeTakeFirstOrThrow()
  await tx
    .insertInto('wish_steps')
    .values({
      ...{ district_id: districtId, wish_id: id, seq: Number(last) + 1, step, from_state: from, to_state: to },
      ...{ actor: by.actor, role: by.role, reason, at },
    })
    .execute()
  await boardChanged(tx, districtId)
}
