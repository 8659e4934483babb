import { costNames, kindNames } from '../../shared/wishes/kinds.ts'
import { QrCode } from '../kit/qr-code.tsx'
import type { Wish } from './event-follow.ts'
import type { Width } from './event-pages.ts'

interface Props {
  wish: Wish
  width: Width
  isFresh: boolean
  /** Where it is claimed. */
  address: string
}

/** Up to so many characters the words are written larger. */
const FEW: Record<Width, number> = { half: 18, whole: 54, tall: 0 }

/** One wish, and its code until somebody has claimed it. */
export function EventCard({ wish, width, isFresh, address }: Props) {
  const { number, kind, communityName, cost, hardship, text, state, sponsor } = wish
  const isOpen = state === 'open'
  const marks = [width, isOpen ? 'open' : 'taken', isFresh && 'fresh', [...text].length <= FEW[width] && 'few']
  return (
    <li className={`event-card ${marks.filter(Boolean).join(' ')}`}>
      <p className="event-tags">
        <strong>{number} 号</strong>
        <span>
          {[hardship ? `${kindNames[kind]}（帮扶）` : kindNames[kind], communityName, costNames[cost]].join(' · ')}
        </span>
      </p>
      <p className="event-text">{text}</p>
      {isOpen ? (
        <QrCode text={address} label={`二维码，扫码认领${number} 号心愿`} />
      ) : (
        <p className="event-taken">✓ {sponsor} 认领了</p>
      )}
    </li>
  )
}
