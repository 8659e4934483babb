import { Button } from 'antd'
import type { DeskWish } from '../../shared/wishes/desk-api.ts'
import { kindNames } from '../../shared/wishes/kinds.ts'
import { isEnded } from '../../shared/wishes/states.ts'
import { Scroll } from '../kit/scroll.tsx'
import { dayWords } from './days.ts'
import { StateMark } from './desk-wish-parts.tsx'
import { dueWords } from './desk-words.ts'

interface Props {
  wishes: DeskWish[]
  open(id: string): void
}

/** One line a wish: what, how far, by whom and by when. */
export function ProgressTable({ wishes, open }: Props) {
  return (
    <Scroll label="心愿">
      <table className="plain wish-table">
        <thead>
          <tr>
            <th scope="col">心愿</th>
            <th scope="col">状态</th>
            <th scope="col">谁在办</th>
            <th scope="col">期限</th>
            <th scope="col" className="number">
              也想
            </th>
          </tr>
        </thead>
        <tbody>
          {wishes.map((wish) => (
            <Row key={wish.id} wish={wish} open={() => open(wish.id)} />
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

function Row({ wish, open }: { wish: DeskWish; open(): void }) {
  const { number, text, kind, communityName, state, sponsor, supporters, fallback } = wish
  return (
    <tr>
      <th scope="row">
        <Button type="link" className="wish-link" onClick={open}>
          {number} 号：{text}
        </Button>
        <small className="sub">
          {kindNames[kind]} · {communityName}
        </small>
      </th>
      <td>
        <StateMark state={state} />
        {fallback && <span className="sub">退回或到期未办</span>}
      </td>
      <td>{sponsor ?? '—'}</td>
      <td>
        <Due wish={wish} />
      </td>
      <td className="number">{supporters}</td>
    </tr>
  )
}

/** By when it is to be done, or is wanted. */
function Due({ wish: { claim, state, neededBy } }: { wish: DeskWish }) {
  if (state === 'claimed' && claim) {
    const { text, tone } = dueWords(claim.dueOn)
    return (
      <>
        {dayWords(claim.dueOn)}
        {claim.extended && '（已延期）'} <span className={`tag ${tone}`}>{text}</span>
      </>
    )
  }
  if (isEnded(state) || !neededBy) return '—'
  return `希望${dayWords(neededBy)}前`
}
