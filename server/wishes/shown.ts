import type { BoardWish } from '../../shared/wishes/api.ts'
import type { StoredWish } from './queries.ts'

/** What everybody may see of a wish. */
type Shown = Pick<
  StoredWish,
  | 'id'
  | 'number'
  | 'community_code'
  | 'kind'
  | 'text'
  | 'place'
  | 'cost'
  | 'needed_by'
  | 'hardship'
  | 'photo_id'
  | 'supporters'
  | 'state'
  | 'opened_at'
  | 'created_at'
>

/** What the board says of a wish beside its own row. */
export interface Beside {
  communityName: string
  /** Who holds it, and until when. */
  sponsor: string | null
  dueOn: string | null
}

/** A wish as everybody may see it: nothing of the wisher. */
export function shown(wish: Shown, { communityName, sponsor, dueOn }: Beside): BoardWish {
  return {
    ...{ id: wish.id, number: wish.number, community: wish.community_code, communityName },
    ...{ kind: wish.kind, text: wish.text, where: wish.place, cost: wish.cost, neededBy: wish.needed_by },
    ...{ hardship: wish.hardship, photo: wish.photo_id, supporters: wish.supporters, state: wish.state },
    openedAt: (wish.opened_at ?? wish.created_at).toISOString(),
    ...{ sponsor, dueOn },
  }
}
