import type { AnswerKind } from '../../shared/deliberations/kinds.ts'
import {
  answerStatement,
  codeStatement,
  mergeStatements,
  moderate,
  type Statement,
} from '../../shared/deliberations/statements-api.ts'
import { type Act, useAct } from '../api/use-act.ts'
import { useDesk } from './desk-here.ts'

/** What a secretary does with a statement; each says whether it was done. */
export interface Moderation extends Pick<Act, 'busy' | 'refused' | 'forget'> {
  set(statement: Statement, state: 'shown' | 'rejected' | 'received', reason?: string): Promise<boolean>
  merge(statement: Statement, into: Statement | null): Promise<boolean>
  code(statement: Statement, service: string | null): Promise<boolean>
  /** What came of it; in a consultation, with one of three answers. */
  conclude(statement: Statement, result: string, answer?: AnswerKind): Promise<boolean>
}

export function useModeration(): Moderation {
  const { params, lists } = useDesk()
  const { act, ...rest } = useAct()
  const done = (answered: { answer: Statement } | undefined): boolean => {
    if (answered) lists.placeStatement(answered.answer)
    // Whether done or refused: somebody else may have been faster.
    lists.reread('statements')
    return answered !== undefined
  }
  const at = ({ id }: Statement) => ({ ...params, statement: id })
  return {
    ...rest,
    set: async (statement, state, reason) =>
      done(await act(moderate, at(statement), { state, ...(reason && { reason }) })),
    merge: async (statement, into) => done(await act(mergeStatements, at(statement), { into: into?.id ?? null })),
    code: async (statement, service) => done(await act(codeStatement, at(statement), { service })),
    conclude: async (statement, result, answer) =>
      done(await act(answerStatement, at(statement), { answer: answer ?? null, result })),
  }
}
