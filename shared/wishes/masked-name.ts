import { surname } from '../masking/surnames.ts'

const family = new RegExp(`^${surname}(?=.)`, 'u')

/** A name of which only the family is told: 王某. */
export const maskedName = (name: string): string => `${family.exec(name)?.[0] ?? [...name][0] ?? ''}某`

/** A text in which somebody is called by that. */
export const withMaskedName = (text: string, name: string): string => text.replaceAll(name, maskedName(name))
