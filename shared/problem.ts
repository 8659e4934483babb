import T, { type Static } from 'typebox'

/** The shape of every refusal. `code` is stable and for programs; `message` is Chinese, for people, and says what to do. */
export const Problem = T.Object({
  code: T.String(),
  message: T.String(),
  details: T.Optional(
    T.Array(
      T.Object({
        /** The question, column, row or field that is meant. */
        at: T.String(),
        rule: T.String(),
        message: T.String(),
      }),
    ),
  ),
})
export type Problem = Static<typeof Problem>
export type Detail = NonNullable<Problem['details']>[number]
