import type { Json } from '../../shared/surveys/definition.ts'

/** What the editor tells the phone beside it. */
export interface Shown {
  definition: Json
  /** The question being edited. */
  at?: string
}

/** What the phone says when it can be told. */
export const READY = 'yixu-preview-ready'
