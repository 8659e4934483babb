export type TextFault = 'empty' | 'too-long' | 'markup'

/** What begins a tag or a sign written as code, or runs when clicked, and signs that turn the direction of what stands after them. */
const markup = /<[a-z/!?]|&#|(?:javascript|vbscript)\s*:|[\u202a-\u202e\u2066-\u2069]/iu
const invisible = /^[\p{White_Space}\p{Default_Ignorable_Code_Point}]*$/u

/** What residents say stands on one line, however it was typed. */
export const oneLine = (text: string): string => text.replace(/[\t\r\n\u2028\u2029]+/gu, ' ').trim()

/** Why a text cannot be shown to everybody. Characters are counted as people count them: an emoji is one. */
export function textFault(text: string, most: number): TextFault | undefined {
  if (invisible.test(text)) return 'empty'
  if ([...text].length > most) return 'too-long'
  return markup.test(text) ? 'markup' : undefined
}
