import type { Block, Sentence } from '../../document.ts'
import type { MinutesTexts } from '../minutes-api.ts'

/** 2026-11-22T19:00… → 2026年11月22日 */
export function dayWords(iso: string): string {
  const [, year, month, day] = /^(\d+)-0?(\d+)-0?(\d+)/.exec(iso) ?? []
  return year ? `${year}年${month}月${day}日` : iso
}

/** 19:00, as the clock showed it. */
export const clockWords = (iso: string): string => iso.slice(11, 16)

/** From when to when: 2026年11月22日19:00至20:45, with both days where they differ. */
export function spanWords(from: string, to: string | null): string {
  const begin = `${dayWords(from)}${clockWords(from)}`
  if (!to || to.slice(0, 16) === from.slice(0, 16)) return begin
  const isSameDay = from.slice(0, 10) === to.slice(0, 10)
  return `${begin}至${isSameDay ? '' : dayWords(to)}${clockWords(to)}`
}

/** Sentences of screens set numbers apart with spaces; official papers do not. */
export const printed = (sentence: string): string =>
  sentence.replace(/(?<=[\p{Script=Han}“”]) (?=\d)|(?<=\d) (?=[\p{Script=Han}%])/gu, '')

/** A sentence that ends as one. */
export const ended = (text: string): string => (/[。！？]$/.test(text) ? text : `${text}。`)

export const paragraph = (...text: Sentence): Block => ({ kind: 'paragraph', text })
export const heading = (level: 1 | 2, text: string): Block => ({ kind: 'heading', level, text })

/** What stands on the lines of a text, empty ones left out. */
export const linesOf = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')

/** What the secretary wrote for a section, a paragraph a line. */
export function written(texts: MinutesTexts, section: string): Block[] {
  return texts
    .filter((one) => one.section === section)
    .flatMap(({ text }) => linesOf(text))
    .map((line) => paragraph(line))
}
