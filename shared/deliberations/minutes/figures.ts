import type { Figure, Source } from '../../document.ts'
import type { MinutesWorld } from './world.ts'

/** Reads a number out of the record, so that what is printed and its source can never disagree. */
export type Count = (...path: Source['path']) => Figure

/** @throws {RangeError} where a path leads to no number */
export function counter(world: MinutesWorld): Count {
  const inputs = [`deliberation:${world.id}@${world.sequence}`]
  return (...path) => {
    const value = lookUp(world, path)
    if (typeof value !== 'number') throw new RangeError(`no deliberation/${path.join('/')}`)
    return { value, text: String(value), source: { of: 'deliberation', path, inputs } }
  }
}

/** What stands at a path. */
export function lookUp(world: MinutesWorld, path: Source['path']): unknown {
  return path.reduce<unknown>((at, step) => (at as Record<string | number, unknown> | null)?.[step], world)
}
