import type { Problem } from '../../shared/problem.ts'
import { MOST_WISH_LENGTH } from '../../shared/wishes/kinds.ts'
import type { Wanted } from './phone-drafts.ts'
import { oneLine } from './phone-outgoing.ts'

export type Field = 'text' | 'kind' | 'community' | 'where' | 'cost' | 'neededBy' | 'contact'
export type Faults = Partial<Record<Field, string>>

/** As people count: an emoji is one. */
export const lengthOf = (text: string): number => [...oneLine(text)].length

/** What is missing before it is worth asking the server. */
export function wantedFaults({ text, kind, cost, words, point }: Wanted): Faults {
  const length = lengthOf(text)
  const faults: Faults = {}
  if (length === 0) faults.text = '还没有写心愿，请写一句再提交。'
  if (length > MOST_WISH_LENGTH)
    faults.text = `写了 ${length} 字，最多 ${MOST_WISH_LENGTH} 字，请删去 ${length - MOST_WISH_LENGTH} 字。`
  if (!kind) faults.kind = '请选一类，拿不准就选最接近的。'
  if (kind === 'place' && !words.trim() && !point)
    faults.where = '请说一下在哪里：写一句，选一个小区，或者在图上点一下。'
  if (!cost) faults.cost = '请估一下要花多少钱，大概就行。'
  return faults
}

const changed: Record<string, Field[]> = {
  ...{ text: ['text'], kind: ['kind', 'where'], cost: ['cost'], words: ['where'], point: ['where'] },
  ...{ neededBy: ['neededBy'], community: ['community'], contact: ['contact'] },
}

/** What was said of something that has been changed since does not count any more. */
export function faultsAfter(faults: Faults, more: object): Faults {
  const gone = Object.keys(more).flatMap((key) => changed[key] ?? [])
  return Object.fromEntries(Object.entries(faults).filter(([field]) => !gone.includes(field as Field)))
}

const fieldOf: Record<string, Field> = {
  wish_empty: 'text',
  wish_too_long: 'text',
  wish_markup: 'text',
  where_is_it: 'where',
  wrong_needed_by: 'neededBy',
  wrong_contact: 'contact',
  unknown_community: 'community',
}

/** What the server said, at the field that is meant. */
export function faultsIn({ code, message }: Problem): Faults {
  const field = fieldOf[code]
  return field ? { [field]: message } : {}
}

/** Takes the person to the first field that is to be put right. */
export function goToFault(form: HTMLElement, faults: Faults): void {
  const first = [...form.querySelectorAll<HTMLElement>('[data-field]')].find(
    ({ dataset }) => faults[dataset.field as Field],
  )
  const control = first?.matches('input, select, textarea') ? first : first?.querySelector<HTMLElement>('input, select')
  control?.focus({ preventScroll: true })
  first?.scrollIntoView({ block: 'center' })
}
