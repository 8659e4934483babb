import { useEffect, useRef, useState } from 'react'
import { EventCard } from './event-card.tsx'
import type { Totals, Wish } from './event-follow.ts'
import { nothingWords, type Page, pagesOf } from './event-pages.ts'

const TURN_MS = 12_000

interface Props {
  wishes: Wish[]
  totals: Totals
  fresh: ReadonlySet<number>
  /** Where the board is; a wish of it is claimed there too. */
  board: string
}

/** The cards: pages that turn by themselves or by the arrow keys, and stand still after a press of the space bar. */
export function EventStage({ wishes, totals, ...rest }: Props) {
  const pages = pagesOf(wishes)
  const { at, turn, isPaused, pause } = useTurning(pages.length)
  const page = pages[at]
  if (!page)
    return (
      <main className="event-nothing">
        <h2>{nothingWords(totals)}</h2>
        <p>新的心愿审核通过后会自动出现在这里。</p>
      </main>
    )
  return (
    <>
      <main>
        <Cards page={page} {...rest} />
      </main>
      {pages.length > 1 && (
        <footer>
          <button type="button" aria-label="上一页" onClick={() => turn(-1)}>
            ‹
          </button>
          <span>
            第 {at + 1} 页，共 {pages.length} 页
          </span>
          <button type="button" aria-label="下一页" onClick={() => turn(1)}>
            ›
          </button>
          <button type="button" aria-pressed={isPaused} onClick={pause}>
            停在这一页
          </button>
        </footer>
      )}
    </>
  )
}

function useTurning(length: number) {
  const [turned, setTurned] = useState(0)
  const [isPaused, setPaused] = useState(false)
  const at = Math.min(turned, Math.max(0, length - 1))
  const turn = (by: number) => setTurned((at + by + length) % Math.max(1, length))
  const pause = () => setPaused((is) => !is)
  const now = useRef({ turn, pause })
  now.current = { turn, pause }
  const isTurning = length > 1 && !isPaused
  // biome-ignore lint/correctness/useExhaustiveDependencies: every page stands as long, also one that was turned to by hand
  useEffect(() => {
    if (!isTurning) return
    const timer = setTimeout(() => now.current.turn(1), TURN_MS)
    return () => clearTimeout(timer)
  }, [isTurning, at])
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key === 'ArrowRight' || event.key === 'PageDown') now.current.turn(1)
      if (event.key === 'ArrowLeft' || event.key === 'PageUp') now.current.turn(-1)
      if (event.key === ' ' && !(event.target instanceof HTMLButtonElement)) now.current.pause()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
  return { at, turn, isPaused, pause }
}

function Cards({ page, fresh, board }: Pick<Props, 'fresh' | 'board'> & { page: Page }) {
  return (
    <ul className="event-cards">
      {page.flatMap(({ width, wishes }) =>
        wishes.map((wish) => (
          <EventCard
            key={wish.id}
            {...{ wish, width, isFresh: fresh.has(wish.number), address: `${board}?wish=${wish.id}` }}
          />
        )),
      )}
    </ul>
  )
}
