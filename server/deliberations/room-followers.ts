import { setImmediate as turn } from 'node:timers/promises'
import type { StoredEvent } from './event-queries.ts'
import { type Audience, FAR, type Feed, feedFrom } from './feed.ts'

/** Somebody who follows a room. */
export interface Follower {
  audience: Audience
  /** The last number they have seen. */
  seq: number
  write(bytes: Buffer): void
  /** Says one thing more, and no more after it. */
  end(event: 'far' | 'reconnect'): void
}

/** So long others wait at most while a room is told. */
const HOLD_MS = 2
const AGAIN_MS = 500

/** A room of which somebody in this process wants to know what happens. */
export interface Followed {
  readonly followers: ReadonlySet<Follower>
  join(follower: Follower): Promise<void>
  leave(follower: Follower): void
  /** Something has happened: reads it once, however often it is said meanwhile, and tells all. */
  wake(): Promise<void>
  seq(): number
}

type Read = (after: number, limit: number) => Promise<StoredEvent[]>

export async function followRoom(last: number, read: Read): Promise<Followed> {
  const first = await read(Math.max(0, last - FAR), FAR)
  const feed = feedFrom(first.length > 0 ? first[0]!.seq - 1 : last)
  feed.take(first)
  const followers = new Set<Follower>()
  let wanted = false
  let working: Promise<void> | undefined

  async function readOn(): Promise<void> {
    while (wanted) {
      wanted = false
      const events = await read(feed.seq(), FAR)
      if (events.length === 0) continue
      wanted ||= events.length === FAR
      feed.take(events)
      await inTurns(followers, (follower) => tell(feed, follower))
    }
  }

  function wake(): Promise<void> {
    wanted = true
    working ??= readOn()
      .catch(() => void setTimeout(() => followers.size > 0 && wake(), AGAIN_MS).unref())
      .finally(() => {
        working = undefined
      })
    return working
  }

  return {
    followers,
    seq: () => feed.seq(),
    wake,
    async join(follower) {
      followers.add(follower)
      // Another process may have told them more than this one has heard.
      if (follower.seq > feed.seq()) await wake()
      if (follower.seq > feed.seq()) follower.end('far')
      else tell(feed, follower)
    },
    leave: (follower) => void followers.delete(follower),
  }
}

function tell(feed: Feed, follower: Follower): void {
  if (follower.seq >= feed.seq()) return
  const bytes = feed.since(follower.seq, follower.audience)
  follower.seq = feed.seq()
  if (!bytes) follower.end('far')
  else if (bytes.length > 0) follower.write(bytes)
}

/** Does something with each, and lets others have their turn in between. */
export async function inTurns<E>(all: Iterable<E>, work: (one: E) => void): Promise<void> {
  let begun = performance.now()
  for (const one of [...all]) {
    if (performance.now() - begun > HOLD_MS) {
      await turn()
      begun = performance.now()
    }
    work(one)
  }
}
