import { LEAST_PUBLISHED } from '../statistics/standing.ts'
import type { Themes } from '../themes/said.ts'
import type { Audience } from './api.ts'

/** A number of people: exact, or in a public edition the tens that it lies in, 1–9 first. */
export type People = { people: number } | { from: number; to: number }

export interface ThemeFigures {
  wrote: People
  coded: People
  /** By the name of the theme. */
  themes: ({ code: string } & People)[]
  quotations: { theme: string; text: string }[]
}

/** Open answers as this audience may read them; null where there are none, or too few of them to be told of. */
export function themeFigures(themes: Themes | undefined, audience: Audience): ThemeFigures | null {
  if (!themes || themes.wrote === 0) return null
  const isPublic = audience === 'public'
  if (isPublic && themes.coded < LEAST_PUBLISHED) return null
  const told = (people: number): People => (isPublic ? tens(people) : { people })
  const names = new Map(themes.themes.map(({ code, name }) => [code, name]))
  return {
    wrote: told(themes.wrote),
    coded: told(themes.coded),
    themes: themes.themes.map(({ name, people }) => ({ code: name, ...told(people) })),
    quotations: themes.quotations
      .filter((each) => !isPublic || each.public)
      .map(({ code, text }) => ({ theme: names.get(code) ?? code, text })),
  }
}

/** So that one edition less another never tells of one person. */
export function tens(people: number): { from: number; to: number } {
  const from = Math.floor(people / 10) * 10
  return { from: Math.max(1, from), to: from + 9 }
}
