import type { Candidate } from './problem.ts'
import { isForChildren, isForElders } from './rules.ts'

export type Slot = 'morning' | 'afternoon' | 'evening'

/** Hours that follow from what a function is, where its users alone do not say it. */
const own: Record<string, Slot[]> = {
  evening_school: ['evening'],
  holiday_care: ['afternoon', 'morning'],
  reading_room: ['evening', 'morning', 'afternoon'],
}

/** When a function is used, best first: elders in the morning, children after school, learning and clubs in the evening. */
function hours({ spec, service }: Candidate): Slot[] {
  if (own[spec.code]) return own[spec.code]!
  if (isForElders(service)) return ['morning', 'afternoon']
  return isForChildren(service) ? ['afternoon'] : ['evening', 'morning', 'afternoon']
}

/**
 * A slot of its own for each function that shares a room, the earlier ones choosing first; undefined when there is none. `kept` is held free for elders
 * who have no function of their own.
 */
export function slotsFor(sharing: Candidate[], kept: Slot | null = null): Slot[] | undefined {
  const assign = (index: number, taken: Slot[]): Slot[] | undefined => {
    if (index === sharing.length) return taken
    for (const slot of hours(sharing[index]!)) {
      const rest = slot === kept || taken.includes(slot) ? undefined : assign(index + 1, [...taken, slot])
      if (rest) return rest
    }
    return undefined
  }
  return assign(0, [])
}
