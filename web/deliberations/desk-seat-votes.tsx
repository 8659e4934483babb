import { Button, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { type Cast, type Question, voteForSeat } from '../../shared/deliberations/questions-api.ts'
import { ballotTyped, ballotWords, type SeatBallot } from '../../shared/deliberations/typed.ts'
import { randomId } from '../kit/random-id.ts'
import { useDesk } from './desk-here.ts'
import type { Waiting } from './desk-outbox.ts'
import { DeskParcels } from './desk-parcels.tsx'
import { post } from './outbox.ts'

/** Votes of people without phones, one line and Enter each; of a secret ballot only who took a paper. */
export function DeskSeatVotes({ question, waiting }: { question: Question; waiting: Waiting }) {
  const { params } = useDesk()
  const [line, setLine] = useState('')
  const [wrong, setWrong] = useState('')
  const [last, setLast] = useState('')
  const ballot = ballotTyped(line, question)
  const send = (event: FormEvent) => {
    event.preventDefault()
    if ('wrong' in ballot) return setWrong(ballot.wrong)
    const { seat } = ballot
    const about = { kind: 'vote', question: question.id, subject: question.id, seat } as const
    const body = { seat, votes: castsOf(question, ballot) }
    void post(voteForSeat, { ...params, question: question.id }, body, {
      ...{ id: randomId(), deliberation: params.deliberation, about },
    })
    setLast(`${ballotWords(ballot)}。`)
    setLine('')
  }
  const mine = waiting.parcels.filter(({ about }) => about.kind === 'vote' && about.question === question.id)
  const label = question.secret ? '登记领纸质票的座位号' : '按座位号录入'
  return (
    <form className="ask-line" onSubmit={send}>
      <div className="room-line">
        <Input
          aria-label={label}
          placeholder={`${label}，例如 ${examples(question)}`}
          autoComplete="off"
          value={line}
          status={wrong ? 'error' : ''}
          onChange={({ target }) => {
            setLine(target.value)
            setWrong('')
          }}
        />
        <Button htmlType="submit">录入</Button>
      </div>
      <p className="under" role="status">
        {wrong || ('wrong' in ballot ? last : ballotWords(ballot))}
      </p>
      {question.secret && <p className="under">已发出 {question.papers} 张纸质票。</p>}
      <DeskParcels parcels={mine} trouble={waiting.trouble} wordsOf={seatOf} />
    </form>
  )
}

const seatOf = ({ about }: Waiting['parcels'][number]) =>
  about.kind === 'vote' && about.seat ? `${about.seat} 号座的票` : '一张票'

function castsOf({ id, options }: Question, { votes }: SeatBallot): Cast[] {
  const idAt = (at: number) => options[at]!.id
  return votes.map(({ option, choice }) => ({
    id: randomId(),
    subject: option === null ? id : idAt(option),
    choice: typeof choice === 'string' ? choice : choice.map(idAt),
  }))
}

function examples({ secret, kind, options }: Question): string {
  if (secret) return '12'
  if (kind === 'motion') return '12 a（a 赞成，d 反对，p 弃权）'
  if (kind === 'opinion') {
    const letters = ['a', 'd', 'p', 'a'].slice(0, options.length).join('')
    return options.length > 4 ? `12 ${letters}…（${options.length} 个字母）` : `12 ${letters}`
  }
  return '12 3 1'
}
