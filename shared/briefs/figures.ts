import type { Share } from '../demand/api.ts'
import type { Figure, Sentence, Source } from '../document.ts'
import { LEAST_PUBLISHED } from '../statistics/standing.ts'
import { type Format, formats } from './words.ts'
import type { World } from './world.ts'

/** Reads figures out of the world of one brief, so that a printed number and its source can never disagree. */
export interface Teller {
  figure(format: Format, of: Source['of'], ...path: Source['path']): Figure
  /** A share with its interval: 52.3%（48.4%–56.2%）. */
  share(of: Source['of'], ...path: Source['path']): Sentence
  /** The same as it stands in a table, where the column says that the brackets hold an interval: 52.3%（48.4–56.2）. */
  tableShare(of: Source['of'], ...path: Source['path']): Sentence
  /** 48.4%–56.2%, or the two ends of any other pair of figures. */
  range(format: Format, low: Source['path'], high: Source['path'], of: Source['of']): Sentence
  /** A sentence of the programme, with the records behind its figures. */
  told(sentence: Sentence): Sentence
}

type Coded = { code?: unknown; function?: unknown; service?: unknown } | null

/** A list is entered by place, or by the code of what stands there. */
function enter(at: unknown, step: string | number): unknown {
  if (Array.isArray(at) && typeof step === 'string')
    return at.find((each: Coded) => (each?.code ?? each?.function ?? each?.service) === step)
  return at !== null && typeof at === 'object' ? (at as Record<string | number, unknown>)[step] : undefined
}

/** What stands on the way to `path`, from its beginning to its end. @throws {RangeError} when it leads nowhere */
function wayTo(world: Partial<Record<Source['of'], unknown>>, of: Source['of'], path: Source['path']): unknown[] {
  const way = [world[of]]
  for (const step of path) {
    const next = enter(way.at(-1), step)
    if (next === undefined) throw new RangeError(`no ${of}/${path.join('/')}`)
    way.push(next)
  }
  return way
}

/** What stands at `path` of the world's `of`. @throws {RangeError} when there is no such place: a source must lead somewhere. */
export const lookUp = (...to: Parameters<typeof wayTo>): unknown => wayTo(...to).at(-1)

const thresholds: Source['of'][] = ['catalogue', 'methods', 'standards']

/** Where a threshold was taken from: what stands on the way to it says so. */
function markOf(world: World, of: Source['of'], path: Source['path']): Pick<Source, 'mark'> {
  if (!thresholds.includes(of)) return {}
  const marks = wayTo(world, of, path).map((each) => (each as { mark?: unknown } | null)?.mark)
  const mark = marks.findLast((each) => typeof each === 'string')
  return mark ? { mark: world.marks(mark as string) } : {}
}

/** The share that a path leads into, where it does: a share knows how far it may be relied on. */
function shareAbove(world: World, of: Source['of'], path: Source['path']): Share | undefined {
  const above = lookUp(world, of, path.slice(0, -1)) as Partial<Share> | null
  return above !== null && typeof above === 'object' && 'yes' in above && 'n' in above ? (above as Share) : undefined
}

/** What is printed where there is no number, and why there is none. */
function silence(share: Share | undefined, step: string | number | undefined): string {
  if (share?.standing === 'withheld') return step === 'n' ? `不足${LEAST_PUBLISHED}` : '不公开'
  if (share?.range) return `${share.range.low}–${share.range.high}人`
  return '暂无'
}

/** The records behind a figure: those that it counts alone where what stands on the way to it names them. */
function recordsOf(world: World, of: Source['of'], path: Source['path']): string[] {
  if (of !== 'wish') return world.inputs[of]
  const named = wayTo(world, of, path).map((each) => (each as { records?: string[] } | null)?.records)
  return named.findLast((records) => records !== undefined) ?? world.inputs[of]
}

export function teller(world: World): Teller {
  const sourceOf = (of: Source['of'], path: Source['path']): Source => {
    return { of, path, inputs: recordsOf(world, of, path), ...markOf(world, of, path) }
  }
  const figure: Teller['figure'] = (format, of, ...path) => {
    const value = lookUp(world, of, path) as number | null
    const source = sourceOf(of, path)
    const share = shareAbove(world, of, path)
    // A share may be withheld for others' sake: then how many were asked is no secret.
    const hidden = share?.standing === 'withheld' && !(path.at(-1) === 'n' && share.n > 0)
    if (value === null || hidden) {
      const text = silence(share, path.at(-1))
      return { value: null, text, source, ...(hidden ? { standing: 'withheld' as const } : {}) }
    }
    const standing = share?.standing === 'grey' || share?.standing === 'flagged' ? share.standing : undefined
    return { value, text: formats[format](value), source, ...(standing ? { standing } : {}) }
  }
  const range: Teller['range'] = (format, low, high, of) => {
    const ends = [figure(format, of, ...low), figure(format, of, ...high)]
    if (ends.some((end) => end.value === null)) return ['—']
    return [ends[0], ends.some((end) => (end.value ?? 0) < 0) ? '至' : '–', ends[1]]
  }
  const share = (ends: Format, of: Source['of'], path: Source['path']): Sentence => {
    const p = figure('share', of, ...path, 'p')
    const { low } = lookUp(world, of, path) as Share
    if (p.value === null || low === null) return [p]
    return [p, '（', ...range(ends, [...path, 'low'], [...path, 'high'], of), '）']
  }
  return {
    figure,
    range,
    share: (of, ...path) => share('share', of, path),
    tableShare: (of, ...path) => share('bare', of, path),
    told: (sentence) =>
      sentence.map((part) =>
        typeof part === 'string' ? part : { ...part, source: sourceOf(part.source.of, part.source.path) },
      ),
  }
}
