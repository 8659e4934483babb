import { useMemo } from 'react'
import { readChanges } from '../../shared/demand/rounds-api.ts'
import { useAnswer } from '../api/use-answer.ts'

/** What differs between the last two rounds. */
export interface Changes {
  /** Number of the earlier round. */
  before: number
  /** Whether a community differs, in a service or, where that is empty, in any. */
  differs(community: string, service: string): boolean
}

/** Undefined until it is known, and where there was no round before. */
export function useChanges(district: string): Changes | undefined {
  const seen = useAnswer(readChanges, { district })
  const found = seen.face === 'ready' ? seen.data : undefined
  return useMemo(() => {
    const [before, now] = found?.rounds ?? []
    if (!found || !before || !now) return undefined
    const communities = new Map(found.communities.map((one) => [one.code, one]))
    return {
      before: before.round,
      differs(community, service) {
        const one = communities.get(community)
        if (!one || service === '') return one !== undefined
        return one.newlyAnswered || one.services.some((each) => each.service === service)
      },
    }
  }, [found])
}
