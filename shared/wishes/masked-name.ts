import { surname } from '../masking/surnames.ts'

const family = new RegExp(`^${surname}(?=.)`, 'u')

/** A name of which only the family is told: 王某. */
export const maskedName = (name: string): string => `${family.exec(name)?.[0] ?? [...name][0] ?? ''}某`

/** A text in which somebody is called by that, also where it has only what they are called by at home. */
export function withMaskedName(text: string, name: string): string {
  const masked = text.replaceAll(name, maskedName(name))
  const given = name.replace(family, '')
  return [...given].length < 2 ? masked : masked.replaceAll(given, maskedName(name))
}
