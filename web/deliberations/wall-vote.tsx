import { questionKindNames, ruleNames } from '../../shared/deliberations/kinds.ts'
import type { RoomQuestion } from '../../shared/deliberations/room.ts'
import { turnoutSentence } from '../../shared/deliberations/words.ts'
import { Bar } from './wall-bars.tsx'
import { WallPage } from './wall-page.tsx'
import type { Leaf } from './wall-scenes.ts'

interface Props {
  question: RoomQuestion
  /** Those that fit on this page. */
  options: RoomQuestion['options']
  leaf: Leaf
}

/** What is put to the vote, and how many have voted; nothing of how. */
export function WallVote({ question, options, leaf }: Props) {
  const { title, voted, present, secret, rule, kind } = question
  const about = [questionKindNames[kind], secret && '无记名', rule && `${ruleNames[rule]}即通过`].filter(Boolean)
  return (
    <section className={options.length > 0 ? 'wall-vote' : 'wall-vote large'} aria-label="正在表决">
      <p className="wall-tag">
        正在表决 · {about.join(' · ')}
        <WallPage {...leaf} />
      </p>
      <h2>{title}</h2>
      {options.length > 0 && (
        <ol className="wall-options" start={question.options.indexOf(options[0]!) + 1}>
          {options.map(({ id, text }) => (
            <li key={id}>{text}</li>
          ))}
        </ol>
      )}
      <p className="wall-sentence" role="status">
        {turnoutSentence(question)}
      </p>
      <Bar share={present > 0 ? voted / present : 0} />
    </section>
  )
}
