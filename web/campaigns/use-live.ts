import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { type Coverage, readCoverage, readCoverageState } from '../../shared/campaigns/api.ts'
import { questionOf, type Seen, useAnswer } from '../api/use-answer.ts'

const EVERY_MS = 4_000

/** The board, read again whenever it has changed. Nothing is asked while nobody looks at the page. */
export function useLiveCoverage(params: { district: string; survey: string }, round: string): Seen<Coverage> {
  const query = { ...(round && { round }) }
  const board = useAnswer(readCoverage, params, query)
  const { data } = useQuery({
    ...questionOf(readCoverageState, params, query),
    refetchInterval: EVERY_MS,
    staleTime: 0,
  })
  const shown = board.face === 'ready' ? board.data.state : undefined
  const isOld = shown !== undefined && data !== undefined && data.state !== shown
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once for each pair of states, whichever of the two is the newer
  useEffect(() => {
    if (isOld && board.face === 'ready') board.again()
  }, [shown, data?.state])
  return board
}
