import type { ReactNode } from 'react'
import './help.css'

/** One thing a person wants to do: a drawing, its name, and how. */
export function Topic({ drawing, title, children }: { drawing: string; title: string; children: ReactNode }) {
  return (
    <section className="topic">
      <img src={`/drawings/${drawing}.svg`} alt="" width="240" height="150" loading="lazy" />
      <div>
        <h2>{title}</h2>
        {children}
      </div>
    </section>
  )
}
