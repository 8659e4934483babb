/** What somebody asked for, what they were told, and between which moments. */
export interface Done<Op, Answer> {
  op: Op
  answer: Answer
  begun: number
  ended: number
}

/** How things must go when they happen one after the other. States are plain data and are never changed. */
export interface Model<State, Op, Answer> {
  start: State
  /** The state after an operation, and what whoever asked for it is told. */
  step(state: State, op: Op): { state: State; answer: Answer }
}

/**
 * Whether what several clients were told can be explained by some order in which it happened one after the other: each
 * operation between its beginning and its end (Herlihy and Wing 1990; searched as by Wing and Gong 1993, each state once).
 * Returns the state at the end of such an order, or undefined where there is none that ends in one that `fits`.
 */
export function explained<State, Op, Answer>(
  { start, step }: Model<State, Op, Answer>,
  clients: readonly (readonly Done<Op, Answer>[])[],
  fits: (state: State) => boolean,
): State | undefined {
  const seen = new Set<string>()
  const search = (state: State, at: readonly number[]): State | undefined => {
    const key = JSON.stringify([at, state])
    if (seen.has(key)) return undefined
    seen.add(key)
    const next = clients.map((client, i) => client[at[i]!])
    if (next.every((one) => one === undefined)) return fits(state) ? state : undefined
    const soonestEnd = Math.min(...next.map((one) => one?.ended ?? Number.POSITIVE_INFINITY))
    for (const [i, one] of next.entries()) {
      // What began after another had ended cannot have happened before it.
      if (!one || one.begun > soonestEnd) continue
      const after = step(state, one.op)
      if (JSON.stringify(after.answer) !== JSON.stringify(one.answer)) continue
      const end = search(
        after.state,
        at.map((n, j) => (j === i ? n + 1 : n)),
      )
      if (end) return end
    }
    return undefined
  }
  return search(
    start,
    clients.map(() => 0),
  )
}
