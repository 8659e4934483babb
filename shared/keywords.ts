/** Whoever says that something is not wanted does not ask for it. */
const unwanted =
  '(?<!不是|并非|难道)(?:不需要|不太需要|并不需要|没必要|没有必要|没啥必要|没什么必要|不用|无需|无须|不必|用不着|不想要|不希望|反对|不要再?(?:建|修|设|装|办|搞|增|加))'
const before = new RegExp(
  `${unwanted}(?:再|多|有|去|专门|什么|建|修|设|装|办|搞|增|加|立|设置|增加|新|个|这个|那么多){0,4}$`,
  'u',
)
const after = new RegExp(
  `^.{0,4}?(?:${unwanted}|够了|足够了|太多了)(?:了|再?(?:建|修|设|装|办|搞|弄|增加)?.{0,2})?$`,
  'u',
)
const clauseEnd = /[。，；！？、,;!?\n\r]|但是?|不过|而是/u

/**
 * Says of keywords where a text means them. `segments` is the text cut into words: a keyword counts where it begins or
 * ends with a word, so that 老人 is not found in 养老人员. What is said not to be needed does not count.
 */
export function reading(segments: readonly string[]): (keyword: string) => number[] {
  const text = segments.join('').toLowerCase()
  const edges = edgesOf(segments)
  return (keyword) => meant(keyword.toLowerCase(), text, edges)
}

function edgesOf(segments: readonly string[]): Set<number> {
  const edges = new Set([0])
  let at = 0
  for (const segment of segments) {
    at += segment.length
    edges.add(at)
  }
  return edges
}

function meant(keyword: string, text: string, edges: Set<number>): number[] {
  const found: number[] = []
  for (let from = text.indexOf(keyword); from >= 0; from = text.indexOf(keyword, from + 1)) {
    const to = from + keyword.length
    if (isWhole(from, to, edges) && !isUnwanted(text, from, to)) found.push(from)
  }
  return found
}

function isWhole(from: number, to: number, edges: Set<number>): boolean {
  if (edges.has(from) && edges.has(to)) return true
  const crosses = Array.from({ length: to - from - 1 }, (_, i) => from + 1 + i).some((at) => edges.has(at))
  return to - from > 1 && !crosses && (edges.has(from) || edges.has(to))
}

const NEAR = 16

function isUnwanted(text: string, from: number, to: number): boolean {
  const ahead = text
    .slice(Math.max(0, from - NEAR), from)
    .split(clauseEnd)
    .at(-1)!
  const behind = text.slice(to, to + NEAR).split(clauseEnd)[0]!
  return before.test(ahead) || after.test(behind)
}
