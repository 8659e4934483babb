import type { ReactNode } from 'react'
import { Refusal } from '../kit/refusal.tsx'
import { Unsent } from './phone-unsent.tsx'

const pages = [
  { at: '', name: '心愿墙' },
  { at: '/own', name: '我的心愿' },
  { at: '/done', name: '办到的' },
] as const

interface Props {
  district: string
  title: string
  /** Which of the pages this is; none of them on the page of one wish. */
  at?: (typeof pages)[number]['at']
  children: ReactNode
}

/** A page about wishes: its title, and the way to the others. */
export function Frame({ district, title, at, children }: Props) {
  return (
    <main className="sheet wishes">
      <nav className="ways" aria-label="微心愿">
        {pages.map((page) => (
          <a
            key={page.at}
            href={`/w/${district}${page.at}`}
            className="quiet"
            aria-current={page.at === at ? 'page' : undefined}
          >
            {page.name}
          </a>
        ))}
      </nav>
      <h1>{title}</h1>
      <Unsent district={district} />
      {children}
    </main>
  )
}

/** Something that could not be shown, and another try. */
export function NotThere({ message }: { message: string }) {
  return (
    <main className="sheet wishes">
      <Refusal message={message} />
      <TryAgain />
    </main>
  )
}

export function TryAgain({ again = () => location.reload() }: { again?(): void }) {
  return (
    <button type="button" className="second" onClick={again}>
      再试一次
    </button>
  )
}
