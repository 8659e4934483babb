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

/** What any call may be refused with. */
export const refusals = {
  400: Problem,
  401: Problem,
  403: Problem,
  404: Problem,
  429: Problem,
  500: Problem,
  503: Problem,
}

/** And a call with a body: too large, or not JSON. */
export const refusalsWithBody = { ...refusals, 413: Problem, 415: Problem }
