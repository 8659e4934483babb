import type { Point } from '../../shared/places/api.ts'
import { addWishPhoto, postWish } from '../../shared/wishes/api.ts'
import { type Cost, type Kind, MOST_WISH_LENGTH } from '../../shared/wishes/kinds.ts'
import { call, type Extras } from '../api/call.ts'
import { randomId } from '../kit/random-id.ts'

/** A wish that is written down for somebody. Its id stays the same until it is stored, so that it is stored once. */
export interface Draft {
  id: string
  kind?: Kind
  text: string
  community?: string
  words: string
  point?: Point
  service?: string
  cost?: Cost
  neededBy: string
  name: string
  contact: string
  hardship: boolean
  publish: boolean
  photo?: File
}

export const blank = (community?: string): Draft => ({
  ...{ id: randomId(), text: '', words: '', neededBy: '', name: '', contact: '', hardship: false, publish: false },
  community,
})

/** What has to be put right before it is sent. */
export function missingIn({ kind, text, community, words, point, cost, contact }: Draft): string[] {
  const length = [...text.trim()].length
  return [
    ...(length === 0 ? ['请写下心愿。'] : []),
    ...(length > MOST_WISH_LENGTH ? [`心愿最多 ${MOST_WISH_LENGTH} 个字，现在有 ${length} 个。`] : []),
    ...(kind ? [] : ['请选是哪一类心愿。']),
    ...(community ? [] : ['请选是哪个社区的。']),
    ...(kind === 'place' && !words.trim() && !point ? ['请写明在哪里，或者在图上标出。'] : []),
    ...(cost ? [] : ['请选大概要花多少钱。']),
    ...(contact.trim() ? [] : ['请填联系电话，办理的单位要用；本人没有的，可以填社区的。']),
  ]
}

/** Only what has no gaps may be sent. */
export function bodyOf(draft: Draft): Extras<typeof postWish>['body'] {
  const { id, kind, text, community, words, point, service, cost, neededBy, name, contact, hardship, publish } = draft
  const hasPlace = words.trim() !== '' || point !== undefined
  return {
    ...{ id, kind: kind!, cost: cost!, community: community!, text: text.trim(), contact: contact.trim() },
    where: hasPlace ? { words: words.trim() || null, point: point ?? null } : null,
    neededBy: neededBy || null,
    service: kind === 'place' ? (service ?? null) : null,
    ...(name.trim() && { name: name.trim() }),
    ...{ hardship, publish },
  }
}

/** Stores the wish. @throws {Refused} */
export const posted = (district: string, draft: Draft) => call(postWish, { district }, { body: bodyOf(draft) })

/** Adds its photo. @throws {Refused} */
export async function photoAdded(district: string, wish: string, photo: File): Promise<void> {
  const form = new FormData()
  form.append('file', photo)
  await call(addWishPhoto, { district, wish }, { form })
}
