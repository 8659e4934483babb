import type { Document } from '../../shared/document.ts'

/** A version of a survey, as figures rest on it. */
export interface Resting {
  survey: string
  version: number
}

/** The survey version that a brief was made from, as the records behind its figures name it; undefined where nobody had answered. */
export function restingOn({ blocks }: Document): Resting | undefined {
  const [, survey, version] = /"tallies:[^/"]+\/([^/"]+)\/(\d+)(?:\+[\d+]+)?\//.exec(JSON.stringify(blocks)) ?? []
  return survey ? { survey, version: Number(version) } : undefined
}

/** The channels in the order in which this brief lists them: later answers may come through others. */
export function channelsIn({ blocks }: Document): string[] {
  const table = blocks.find((block) => block.kind === 'table' && block.code === 'channels')
  return table?.kind === 'table' ? table.rows.map(([name]) => (typeof name === 'string' ? name : '')) : []
}
