import { reading } from '../keywords.ts'
import type { ThemeCode } from './api.ts'

/** The codes that a text, cut into words, is about. */
export function codesIn(segments: string[], codes: readonly ThemeCode[]): string[] {
  const places = reading(segments)
  return codes
    .filter(({ retired }) => !retired)
    .filter(({ keywords }) => keywords.some((keyword) => places(keyword).length > 0))
    .map(({ code }) => code)
}
