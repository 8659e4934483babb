import type { StatementState } from './kinds.ts'

/** A statement as far as the rules ask about it. */
export interface Standing {
  id: string
  number: number
  state: StatementState
  mergedInto: string | null
  proposal: string | null
}

export type Moderated = 'shown' | 'rejected' | 'received'

/** What everybody in the room reads: on the wall, and not as part of another. */
export const isShown = ({ state }: Pick<Standing, 'state'>): boolean => state === 'shown' || state === 'discussed'

const named = (number: number | undefined) => (number === undefined ? '另一条' : `第 ${number} 条`)

/** Why a statement cannot be shown, rejected or put back, in Chinese. `merged` are those merged into it. */
export function moderationFault(
  { state }: Standing,
  to: Moderated,
  { into, merged }: { into?: Standing; merged: readonly Standing[] },
): string | undefined {
  if (state === 'merged') return `这条意见已经并入${named(into?.number)}，请先拆开，再审核。`
  if (to === 'shown') return undefined
  if (state === 'discussed') return '这条意见已经写了结果，请先撤回结果，再撤下。'
  if (merged.length > 0) return `还有 ${merged.length} 条意见并在这条里，请先拆开它们，再撤下这条。`
  return undefined
}

/** Why one cannot be merged into the other, in Chinese. */
export function mergeFault(one: Standing, into: Standing, targetOfInto?: Standing): string | undefined {
  if (one.id === into.id) return '一条意见不能并入它自己，请选另一条。'
  if (one.state === 'merged') return '这条意见已经并入别的一条，请先拆开，再并入这条。'
  if (one.state === 'rejected') return '这条意见没有采用，请先改为通过，再并入。'
  if (one.state === 'discussed') return '这条意见已经写了结果，请先撤回结果，再并入。'
  if (into.state === 'merged') return `要并入的那条已经并入${named(targetOfInto?.number)}，请直接并入那一条。`
  if (!isShown(into)) return '要并入的那条还没有审核通过，请先通过，再并入。'
  if (one.proposal !== into.proposal) return '两条意见说的不是同一项行动，不能合并，请分别答复。'
  return undefined
}

/** Why a statement cannot be answered, in Chinese. */
export function answerFault({ state }: Standing, into?: Standing): string | undefined {
  if (state === 'merged') return `这条意见已经并入${named(into?.number)}，请答复那一条，两位都会看到。`
  if (state === 'received') return '这条意见还没有审核，请先通过，再答复。'
  if (state === 'rejected') return '这条意见没有采用，理由已经告诉提意见的人；要答复，请先改为通过。'
  return undefined
}
