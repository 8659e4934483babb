import type { Detail, Problem } from '../shared/problem.ts'

/** A refusal that has a name: it reaches the person as it is. Anything else that is thrown becomes a bare 500. */
export class Refusal extends Error {
  readonly status: number
  readonly code: string
  readonly details?: Detail[]
  /** Seconds after which it is worth trying again. */
  readonly retryAfter?: number

  constructor(status: number, code: string, message: string, more: { details?: Detail[]; retryAfter?: number } = {}) {
    super(message)
    this.status = status
    this.code = code
    this.details = more.details
    this.retryAfter = more.retryAfter
  }

  toProblem(): Problem {
    return { code: this.code, message: this.message, ...(this.details ? { details: this.details } : {}) }
  }
}

/** How long to wait, in words. */
export const waitOf = (seconds: number): string => (seconds > 90 ? `${Math.ceil(seconds / 60)} 分钟` : `${seconds} 秒`)
