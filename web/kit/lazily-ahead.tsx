import { type ComponentType, lazy, useState } from 'react'

/**
 * A part of the pages that is loaded when it is drawn, or ahead of that with `load`: then it is drawn at once. Any other lazy part
 * shows a fallback first, even when its code is there, and React leaves that standing for 300 ms.
 */
export function lazilyAhead<Props extends object>(load: () => Promise<{ default: ComponentType<Props> }>) {
  const Late: ComponentType<Props> = lazy(load)
  let Come: ComponentType<Props> | undefined
  function Part(props: Props) {
    const [Chosen] = useState(() => Come ?? Late)
    return <Chosen {...props} />
  }
  /** Where it does not arrive, whoever draws it is told. */
  const ahead = async () => {
    Come = await load().then(
      (part) => part.default,
      () => undefined,
    )
  }
  return Object.assign(Part, { load: ahead })
}
