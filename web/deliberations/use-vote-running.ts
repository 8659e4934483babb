import {
  countHands,
  type Question,
  removeQuestion,
  rerunQuestion,
  setQuestionState,
} from '../../shared/deliberations/questions-api.ts'
import type { Counts } from '../../shared/deliberations/room.ts'
import { type Act, useAct } from '../api/use-act.ts'
import { randomId } from '../kit/random-id.ts'
import { useDesk } from './desk-here.ts'

/** What is done with a question; each says whether it was done. */
export interface VoteRunning extends Pick<Act, 'busy' | 'refused' | 'forget'> {
  set(state: 'open' | 'closed' | 'void', extra?: { reason?: string; papers?: Counts }): Promise<boolean>
  /** Answers with the new question. */
  rerun(reason: string): Promise<Question | undefined>
  remove(): Promise<boolean>
  hands(subject: string, counts: Counts): Promise<boolean>
}

export function useVoteRunning({ id }: Question): VoteRunning {
  const { params, lists } = useDesk()
  const { act, ...rest } = useAct()
  const at = { ...params, question: id }
  const placed = (answered: { answer: Question } | undefined) => {
    if (answered) lists.placeQuestion(answered.answer)
    lists.reread('questions')
    return answered?.answer
  }
  return {
    ...rest,
    set: async (state, extra) => placed(await act(setQuestionState, at, { state, ...extra })) !== undefined,
    rerun: async (reason) => placed(await act(rerunQuestion, at, { id: randomId(), reason })),
    remove: async () => {
      const removed = await act(removeQuestion, at)
      lists.reread('questions')
      return removed !== undefined
    },
    hands: async (subject, counts) => (await act(countHands, at, { subject, counts })) !== undefined,
  }
}
