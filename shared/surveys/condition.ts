/** What a condition may read beside the answers: the choice or row it is asked about, and the dynamic panel it stands in. */
export interface Row {
  item?: unknown
  panel?: Record<string, unknown>
}

/** A SurveyJS expression, compiled once. `variables` are the names it reads, as written between its braces. */
export type Condition = ((values: Record<string, unknown>, row?: Row) => boolean) & { variables?: readonly string[] }

/**
 * Compiles a SurveyJS expression; injected, so that shared needs no survey library.
 * @throws {Error} with a Chinese message when the expression cannot be read, or could give another result tomorrow
 */
export type ConditionCompiler = (expression: string) => Condition
