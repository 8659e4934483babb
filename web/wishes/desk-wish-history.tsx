import { readHistory } from '../../shared/wishes/desk-api.ts'
import { useAnswer } from '../api/use-answer.ts'
import { Screen } from '../kit/screen-face.tsx'
import { momentWords, stepNames } from './desk-words.ts'

/** Every step of a wish: who, when and why. */
export function WishHistory({ district, wish }: { district: string; wish: string }) {
  const seen = useAnswer(readHistory, { district, wish })
  return (
    <section aria-label="经过">
      <h3>经过</h3>
      <Screen seen={seen}>
        {(history) => (
          <ol className="wish-history">
            {history.map(({ at, step, by, reason }, i) => (
              <li key={i}>
                <time dateTime={at}>{momentWords(at)}</time> {by}：{stepNames[step]}
                {reason && <span className="sub">{reason}</span>}
              </li>
            ))}
          </ol>
        )}
      </Screen>
    </section>
  )
}
