import type { Share } from '../demand/api.ts'
import type { Figure, Sentence, Source } from '../document.ts'
import { type Format, formats } from './words.ts'
import type { World } from './world.ts'

/** Reads figures out of the world of one brief, so that a printed number and its source can never disagree. */
export interface Teller {
  figure(format: Format, of: Source['of'], ...path: Source['path']): Figure
  /** A share with its interval: 52.3%（48.4%–56.2%）. */
  share(of: Source['of'], ...path: Source['path']): Sentence
  /** 48.4%–56.2%, or the two ends of any other pair of figures. */
  range(format: Format, low: Source['path'], high: Source['path'], of: Source['of']): Sentence
}

const missing = '暂无数据'

/** What stands at `path` of the world's `of`. @throws {RangeError} when there is no such place: a source must lead somewhere. */
export function lookUp(world: World, of: Source['of'], path: Source['path']): unknown {
  let at: unknown = world[of]
  for (const step of path) {
    if (at === null || typeof at !== 'object' || !(step in at)) throw new RangeError(`no ${of}/${path.join('/')}`)
    at = (at as Record<string | number, unknown>)[step]
  }
  return at
}

export function teller(world: World): Teller {
  const figure: Teller['figure'] = (format, of, ...path) => {
    const value = lookUp(world, of, path) as number | null
    const source = { of, path, inputs: world.inputs[of] }
    const withheld = world.withheld.get(`${of}/${path.join('/')}`)
    if (withheld) return { value: null, text: withheld.text, source, standing: 'withheld' }
    if (value === null) return { value, text: missing, source }
    const standing = world.standing.get(`${of}/${path.join('/')}`)
    return { value, text: formats[format](value), source, ...(standing ? { standing } : {}) }
  }
  const range: Teller['range'] = (format, low, high, of) => {
    const ends = [figure(format, of, ...low), figure(format, of, ...high)]
    return ends.some((end) => end.value === null) ? ['—'] : [ends[0], '–', ends[1]]
  }
  return {
    figure,
    range,
    share(of, ...path) {
      const p = figure('share', of, ...path, 'p')
      const { low } = lookUp(world, of, path) as Share
      if (p.value === null || low === null) return [p]
      return [p, '（', ...range('share', [...path, 'low'], [...path, 'high'], of), '）']
    },
  }
}
