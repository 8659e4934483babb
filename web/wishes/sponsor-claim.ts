import { useState } from 'react'
import { claimWish, type Holding } from '../../shared/wishes/claims-api.ts'
import { call, Refused, reasonOf } from '../api/call.ts'
import { isForLater } from '../api/sender.ts'
import { randomId } from '../kit/random-id.ts'
import { useWishesAnew } from './desk-work.ts'

const place = (wish: string) => `yixu.claim.${wish}`
const ids = new Map<string, string>()

/** Under which id a wish is claimed: the same until the server has answered, also after the page was opened anew. */
function claimIdOf(wish: string): string {
  const id = ids.get(wish) ?? readKept(wish) ?? randomId()
  ids.set(wish, id)
  try {
    sessionStorage.setItem(place(wish), id)
  } catch {
    // Without storage the id lives as long as the page.
  }
  return id
}

function readKept(wish: string): string | undefined {
  try {
    return sessionStorage.getItem(place(wish)) ?? undefined
  } catch {
    return undefined
  }
}

function forget(wish: string): void {
  ids.delete(wish)
  try {
    sessionStorage.removeItem(place(wish))
  } catch {
    // It was not kept either.
  }
}

export type Claiming =
  | { face: 'idle' | 'sending' }
  | { face: 'done'; holding: Holding }
  | { face: 'refused'; message: string; isLost: boolean }

/** Claims a wish, once however often it is pressed; whatever is answered, the lists are read anew. */
export function useClaim(district: string, wish: string): { claiming: Claiming; claim(): Promise<void> } {
  const [claiming, setClaiming] = useState<Claiming>({ face: 'idle' })
  const anew = useWishesAnew(district)
  const claim = async () => {
    if (claiming.face === 'sending') return
    setClaiming({ face: 'sending' })
    try {
      const holding = await call(claimWish, { district, wish }, { body: { id: claimIdOf(wish) } })
      forget(wish)
      setClaiming({ face: 'done', holding })
    } catch (error) {
      const isLost = error instanceof Refused && isForLater(error)
      if (!isLost) forget(wish)
      setClaiming({ face: 'refused', message: reasonOf(error).message, isLost })
    }
    await anew()
  }
  return { claiming, claim }
}
