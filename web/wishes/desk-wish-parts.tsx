import { readPhoto } from '../../shared/wishes/api.ts'
import type { DeskWish, Flag } from '../../shared/wishes/desk-api.ts'
import { type State, stateNames } from '../../shared/wishes/states.ts'
import { addressOf } from '../api/call.ts'
import { marked } from './desk-masking.ts'
import { flagNames } from './desk-words.ts'

/** What was written, and what the word list marked in it, by words as well as by colour. */
export function FlaggedText({ text, flags }: { text: string; flags: readonly Flag[] }) {
  return (
    <p className="wish-text">
      {marked(text, flags).map((piece, i) =>
        piece.flag ? (
          <mark key={i}>
            {piece.text}
            <small>{flagNames[piece.flag]}</small>
          </mark>
        ) : (
          piece.text
        ),
      )}
    </p>
  )
}

interface PhotosProps {
  district: string
  wish: Pick<DeskWish, 'id'>
  photos: readonly string[]
  alt: string
}

export function WishPhotos({ district, wish, photos, alt }: PhotosProps) {
  if (photos.length === 0) return null
  return (
    <ul className="wish-photos">
      {photos.map((photo, i) => {
        const address = addressOf(readPhoto, { district, wish: wish.id, photo })
        return (
          <li key={photo}>
            <a href={address} target="_blank" rel="noreferrer">
              <img src={address} loading="lazy" alt={photos.length > 1 ? `${alt}（第 ${i + 1} 张）` : alt} />
            </a>
          </li>
        )
      })}
    </ul>
  )
}

const tones: Partial<Record<State, string>> = {
  submitted: 'tag warn',
  disputed: 'tag warn',
  ...{ returned: 'tag quiet', rejected: 'tag quiet', withdrawn: 'tag quiet', merged: 'tag quiet', lapsed: 'tag quiet' },
}

export function StateMark({ state }: { state: State }) {
  return <span className={tones[state] ?? 'tag'}>{stateNames[state]}</span>
}
