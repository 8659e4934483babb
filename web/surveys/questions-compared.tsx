import { useState } from 'react'
import { measureWords, type QuestionChange } from '../../shared/surveys/compare.ts'
import { Scroll } from '../kit/scroll.tsx'

/** Question by question what became of it: side by side in both versions, whether the measure is the same, and each change. */
export function QuestionsCompared({ questions, caption }: { questions: QuestionChange[]; caption: string }) {
  const [all, setAll] = useState(false)
  const shown = questions.filter(({ measure, changes }) => all || measure !== 'same' || changes.length > 0)
  return (
    <>
      <label className="inline">
        <input type="checkbox" checked={all} onChange={({ target }) => setAll(target.checked)} /> 也列出没有改动的题
      </label>
      {shown.length === 0 ? (
        <p>两版的题目完全一样。</p>
      ) : (
        <Scroll label={caption}>
          <table className="plain">
            <caption className="unseen">{caption}</caption>
            <thead>
              <tr>
                <th scope="col">较早的版本</th>
                <th scope="col">较晚的版本</th>
                <th scope="col">口径</th>
                <th scope="col">改了什么</th>
              </tr>
            </thead>
            <tbody>
              {shown.map(({ before, now, measure, changes }) => (
                <tr key={`${before?.name} ${now?.name}`}>
                  <td>{before?.title ?? '—'}</td>
                  <td>{now?.title ?? '—'}</td>
                  <td>
                    <span className={measure === 'same' || measure === 'reworded' ? 'tag quiet' : 'tag warn'}>
                      {measureWords[measure]}
                    </span>
                  </td>
                  <td>{changes.length > 0 ? changes.join('；') : '—'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </>
  )
}
