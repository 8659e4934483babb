import { type FormEvent, useId, useState } from 'react'
import type { Results } from './results-page.tsx'
import { ResultCard } from './results-parts.tsx'

/** By the number on one's receipt; or all of them, to look through. */
export function FindResult({ results }: { results: Results }) {
  const id = useId()
  const [typed, setTyped] = useState('')
  const [asked, setAsked] = useState<number>()
  const found = results.statements.find(({ number }) => number === asked)
  const look = (event: FormEvent) => {
    event.preventDefault()
    setAsked(Number(typed.normalize('NFKC').replace(/\D/g, '')) || 0)
  }
  if (results.statements.length === 0) return <p>这次没有公开的意见。</p>
  return (
    <section>
      <h2>查一条意见</h2>
      <form onSubmit={look} className="asking" noValidate>
        <label htmlFor={id}>您的意见是第几号</label>
        <input
          id={id}
          className="digits"
          inputMode="numeric"
          autoComplete="off"
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
        />
        <button type="submit" className="main">
          查一查
        </button>
      </form>
      <div role="status">
        {asked !== undefined && !found && <p>没有找到这一号。没有公开的意见查不到；请再看一下回执上的号数。</p>}
        {found && <ResultCard one={found} results={results} />}
      </div>
      <details>
        <summary>看全部{results.statements.length}条意见</summary>
        {results.statements.map((one) => (
          <ResultCard key={one.number} one={one} results={results} />
        ))}
      </details>
    </section>
  )
}
