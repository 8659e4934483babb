import type { AnswerState, Dictionary, OpenAnswer } from '../../shared/themes/api.ts'

export const stateNames: Record<AnswerState, string> = {
  waiting: '待确认',
  confirmed: '已确认',
  none: '无建议',
  set_aside: '不归入主题',
}

/** Names of themes; one that is gone is called by its code. */
export function themeNames({ codes }: Dictionary): (code: string) => string {
  const known = new Map(codes.map(({ code, name }) => [code, name]))
  return (code) => known.get(code) ?? code
}

export const suggestedIn = ({ codes }: OpenAnswer): string[] =>
  codes.filter(({ state }) => state === 'suggested').map(({ code }) => code)

export const confirmedIn = ({ codes }: OpenAnswer): string[] =>
  codes.filter(({ state }) => state === 'confirmed').map(({ code }) => code)

export const keyOf = ({ response, question }: Pick<OpenAnswer, 'response' | 'question'>): string =>
  `${response}.${question}`
