import { Jieba } from '@node-rs/jieba'
import { dict } from '@node-rs/jieba/dict.js'

let jieba: Jieba | undefined

/**
 * Cuts Chinese into words; `guess` also finds words that are in no list. The list of words takes 40 MB and a moment to
 * read: call it in a thread.
 */
export function wordsOf(text: string, guess: boolean): string[] {
  jieba ??= Jieba.withDict(dict)
  return jieba.cut(text, guess)
}
