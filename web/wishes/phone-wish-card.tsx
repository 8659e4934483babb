import type { BoardWish } from '../../shared/wishes/api.ts'
import { costNames, HARDSHIP, kindNames } from '../../shared/wishes/kinds.ts'
import { serverNow } from '../api/server-clock.ts'
import { Support } from './phone-support.tsx'
import { holderWords, timeLeft, whereWords } from './phone-words.ts'

/** A wish on the board: everything that helps to decide, nothing of the wisher. */
export function WishCard({ district, wish }: { district: string; wish: BoardWish }) {
  return (
    <li className="card">
      <h2>
        <a href={`/w/${district}/wish/${wish.id}`}>{wish.text}</a>
      </h2>
      <WishFacts wish={wish} />
      <Support district={district} wish={wish} />
    </li>
  )
}

export function WishFacts({ wish }: { wish: BoardWish }) {
  const now = serverNow()
  const where = [wish.communityName, whereWords(wish)].filter(Boolean).join(' · ')
  const left = wish.state === 'fulfilled' ? undefined : timeLeft(wish.neededBy, now)
  return (
    <>
      <p className="marks">
        <span className={`mark ${wish.kind}`}>{kindNames[wish.kind]}</span>
        <span className="mark">{costNames[wish.cost]}</span>
        {wish.hardship && <span className="mark">{HARDSHIP}</span>}
        {wish.photo && <span className="mark">有照片</span>}
        <span className="number">{wish.number} 号</span>
      </p>
      <p className="facts">{where}</p>
      {left && <p className="facts">{left}</p>}
      <p className={wish.state === 'open' ? 'facts' : 'facts state'}>{holderWords(wish, now)}</p>
    </>
  )
}
