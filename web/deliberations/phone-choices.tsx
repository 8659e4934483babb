import { type Choice, choiceNames, choices } from '../../shared/deliberations/kinds.ts'

interface Props {
  /** What is voted on, for whoever hears the page. */
  about: string
  chosen: string | undefined
  choose(choice: Choice): void
}

/** 赞成, 反对, 弃权 */
export function Choices({ about, chosen, choose }: Props) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: three buttons that send at once are no fields of a form
    <div className="three" role="group" aria-label={about}>
      {choices.map((choice) => (
        <button
          key={choice}
          type="button"
          className={`second ${choice}`}
          aria-pressed={chosen === choice}
          onClick={() => choose(choice)}
        >
          {choiceNames[choice]}
        </button>
      ))}
    </div>
  )
}
