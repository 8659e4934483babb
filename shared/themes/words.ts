import { personalParts } from '../masking/mask.ts'
import type { ThemeCode } from './api.ts'

/** A word that so many people used names nobody. */
const LEAST_ANSWERS = 5
const MOST_WORDS = 60

/** Words that say nothing about a matter. */
const everyday = new Set(
  '我们 你们 他们 大家 自己 社区 小区 居民 希望 能够 可以 没有 不是 就是 还是 但是 因为 所以 如果 这个 那个 什么 怎么 现在 以后 时候 地方 东西 问题 方面 情况 感觉 觉得 应该 需要 建议 增加 解决 改善 多一些 一些 一点 一个 比较 非常 特别 真的 已经 经常 有点 不要 不能 不好 更多 尽快 尽量 附近 周边 里面 外面 上面 下面 晚上 白天 早上 方便 服务 人员 老人 孩子 小孩 年轻人 而且 或者 以及 对于 关于 起来 出来 进行 得到 提供 加强 提高 加大 力度 目前 可能 其他 今年 每天 每次 知道 看到 看看 想要 特别是 暂时 暂无 无意见 意见'.split(
    ' ',
  ),
)

/** Counts words answer by answer; what belongs to a person's name or number is passed over. */
export function wordCounter(codes: readonly ThemeCode[]) {
  const keywords = codes.flatMap((code) => code.keywords)
  const counts = new Map<string, number>()
  const isNew = (word: string) =>
    /^[\u4e00-\u9fff]{2,8}$/u.test(word) &&
    !everyday.has(word) &&
    !keywords.some((known) => known.includes(word) || word.includes(known))
  return {
    add(segments: string[]): void {
      const hidden = personalParts(segments.join(''))
      let at = 0
      const found = new Set<string>()
      for (const word of segments) {
        const from = at
        at += word.length
        if (!hidden.some(({ start, end }) => start < at && from < end) && isNew(word)) found.add(word)
      }
      for (const word of found) counts.set(word, (counts.get(word) ?? 0) + 1)
    },
    most: () =>
      [...counts]
        .filter(([, answers]) => answers >= LEAST_ANSWERS)
        .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
        .slice(0, MOST_WORDS)
        .map(([word, answers]) => ({ word, answers })),
  }
}
