import { entriesOf } from '../../shared/surveys/edit.ts'
import { useDesk } from './edit-context.ts'

/** Why it cannot be published yet; each leads to its question. */
export function Problems({ isDirty }: { isDirty: boolean }) {
  const { state, definition, pick } = useDesk()
  const { problems } = state.draft
  if (problems.length === 0) return null
  const entries = entriesOf(definition)
  return (
    <section className="panel edit-problems" aria-label="发布前要改的地方">
      <h2>发布前要改的地方（{problems.length}）</h2>
      {isDirty && <p className="under">这是上次保存时查到的，改好后保存一下会重新检查。</p>}
      <ul>
        {problems.map(({ at, message, rule }) => {
          const entry = entries.find(({ name }) => name === at)
          return (
            <li key={`${at}-${rule}-${message}`}>
              {entry ? (
                <button type="button" className="link" onClick={() => pick(entry.place)}>
                  {message}
                </button>
              ) : (
                message
              )}
            </li>
          )
        })}
      </ul>
    </section>
  )
}
