import type { Statement } from '../../shared/deliberations/statements-api.ts'
import { DeskAnswer } from './desk-answer.tsx'
import { AskLine } from './desk-ask-line.tsx'
import type { Asking } from './desk-statement.tsx'
import type { StatementWork } from './desk-statement-keys.ts'

interface Props {
  statement: Statement
  asking: Asking
  work: StatementWork
}

const reasons = ['与本次议题无关', '已有相同的意见', '涉及个人信息', '言语不当']

/** Asks in the place of the statement for what is still to be known. */
export function StatementQuestion({ statement, asking: { what }, work }: Props) {
  const { moderation, statements, kind, finish, leavesBy, ask } = work
  const common = { busy: moderation.busy, refused: moderation.refused, cancel: () => ask(undefined) }
  const numbered = (typed: string) =>
    statements.find(({ number, id }) => String(number) === typed && id !== statement.id)
  switch (what) {
    case 'reject':
      return (
        <AskLine
          {...common}
          label="不采用的理由，提的人会看到"
          button="不采用"
          most={200}
          suggestions={reasons}
          send={(reason) => void finish(moderation.set(statement, 'rejected', reason), leavesBy({ state: 'rejected' }))}
        />
      )
    case 'result':
      if (kind === 'consultation')
        return (
          <DeskAnswer
            {...common}
            statement={statement}
            send={(answer, reason) =>
              void finish(moderation.conclude(statement, reason, answer), leavesBy({ state: 'discussed', answer }))
            }
          />
        )
      return (
        <AskLine
          {...common}
          label="讨论的结果，提的人会看到"
          button="保存"
          most={500}
          first={statement.result ?? ''}
          send={(result) => void finish(moderation.conclude(statement, result), leavesBy({ state: 'discussed' }))}
        />
      )
    case 'merge':
      return (
        <AskLine
          {...common}
          label="并入第几条"
          button="并入"
          most={6}
          isNumber
          about={(typed) => {
            const target = numbered(typed.trim())
            if (target) return `第 ${target.number} 条：${target.text}`
            return typed.trim() && '没有这一条，请对照意见前面的号码。'
          }}
          send={(typed) => {
            const target = numbered(typed)
            if (target) void finish(moderation.merge(statement, target), leavesBy({ state: 'merged' }))
          }}
        />
      )
  }
}
