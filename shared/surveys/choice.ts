import type { Json } from './definition.ts'

/** A choice as a definition writes it. */
export function choice(value: string | number, text: string): Json {
  return { value, text }
}
