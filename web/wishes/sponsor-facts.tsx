import { type BoardWish, readPhoto } from '../../shared/wishes/api.ts'
import { costNames, HARDSHIP, kindNames } from '../../shared/wishes/kinds.ts'
import { addressOf } from '../api/call.ts'
import { daysBetween, today } from './days.ts'
import { neededWords } from './sponsor-words.ts'

/** What kind of wish it is, and its number, by which people speak of it, where no title says that. */
export function WishTags({ wish: { number, kind, hardship }, titled }: { wish: BoardWish; titled?: boolean }) {
  return (
    <p className="wish-tags">
      {!titled && <span className="wish-number">{number} 号</span>}
      <span className="tag">{kindNames[kind]}</span>
      {hardship && <span className="tag warn">{HARDSHIP}</span>}
    </p>
  )
}

/** Where, what it may cost, until when, and how many want the same. */
export function WishFacts({ wish }: { wish: BoardWish }) {
  const { communityName, where, cost, neededBy, supporters } = wish
  const isSoon = neededBy !== null && daysBetween(today(), neededBy) <= 3
  return (
    <>
      <p className="under">{[communityName, where?.words, costNames[cost]].filter(Boolean).join(' · ')}</p>
      {(neededBy || supporters > 0) && (
        <p className="under">
          {neededBy && <span className={isSoon ? 'wish-soon' : undefined}>{neededWords(neededBy)}</span>}
          {neededBy && supporters > 0 && ' · '}
          {supporters > 0 && `${supporters} 人也想`}
        </p>
      )}
    </>
  )
}

export function WishPhoto({ district, wish }: { district: string; wish: BoardWish }) {
  if (!wish.photo) return null
  const address = addressOf(readPhoto, { district, wish: wish.id, photo: wish.photo })
  return <img className="wish-photo" src={address} alt={`${wish.number} 号心愿附的照片`} loading="lazy" />
}
