import type { StoredEvent } from './event-queries.ts'

export type Audience = 'all' | 'desk'

/** Whoever is further behind reads the room anew: whole things told again and again are longer than the room. */
export const FAR = 500
const MOST_BYTES = 4 * 1024 * 1024

const MOST_MADE = 20

interface Frame {
  seq: number
  audience: Audience
  bytes: Buffer
  /** What a later one of the same name takes the place of whole. */
  about: string | undefined
}

/** The last events of a room, as they go over the line: written once for all who follow it. */
export interface Feed {
  /** Number of the last event. */
  seq(): number
  take(events: readonly StoredEvent[]): void
  /**
   * What an audience has not seen that has seen the events up to a number, without what something later has taken the place
   * of; undefined where that is too far back, or not yet.
   */
  since(seq: number, audience: Audience): Buffer | undefined
}

export function feedFrom(start: number): Feed {
  let base = start
  let frames: Frame[] = []
  let size = 0
  /** Most of those who follow are at the same place. */
  const made = new Map<string, Buffer>()

  function trim(): void {
    let drop = 0
    while (frames.length - drop > FAR || (size > MOST_BYTES && drop < frames.length))
      size -= frames[drop++]!.bytes.length
    if (drop === 0) return
    base = frames[drop - 1]!.seq
    frames = frames.slice(drop)
  }

  return {
    seq: () => frames.at(-1)?.seq ?? base,
    take(events) {
      for (const event of events) {
        const frame = frameOf(event)
        frames.push(frame)
        size += frame.bytes.length
      }
      trim()
      made.clear()
    },
    since(seq, audience) {
      if (seq < base || seq > (frames.at(-1)?.seq ?? base)) return undefined
      const key = `${audience} ${seq}`
      const known = made.get(key)
      if (known) return known
      const unseen = frames.filter((frame) => frame.seq > seq && (audience === 'desk' || frame.audience === 'all'))
      const last = new Map(unseen.map((frame) => [frame.about, frame]))
      const wanted = unseen.filter((frame) => frame.about === undefined || last.get(frame.about) === frame)
      const bytes = Buffer.concat(wanted.map(({ bytes }) => bytes))
      if (made.size >= MOST_MADE) made.clear()
      made.set(key, bytes)
      return bytes
    },
  }
}

/** Two hundred people who sign in within a minute change the same number two hundred times. */
const whole = ['head', 'items', 'speakers', 'proposals', 'desk']

function frameOf({ seq, audience, body }: StoredEvent): Frame {
  const about = body.kind === 'desk' ? `desk ${body.about}` : body.kind
  const bytes = Buffer.from(`id: ${seq}\ndata: ${JSON.stringify({ seq, change: body })}\n\n`)
  return { seq, audience, bytes, about: whole.includes(body.kind) ? about : undefined }
}
