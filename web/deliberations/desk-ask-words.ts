import type { Quorum } from '../../shared/deliberations/room.ts'

/** Quorums to choose from. */
export const quorums: { name: string; quorum: Quorum | null }[] = [
  { name: '不设法定人数', quorum: null },
  { name: '应到人数的一半到会', quorum: { of: 'roster', share: 0.5 } },
  { name: '应到人数的三分之二到会', quorum: { of: 'roster', share: 2 / 3 } },
  { name: '到会人数的一半投票', quorum: { of: 'attendance', share: 0.5 } },
  { name: '到会人数的三分之二投票', quorum: { of: 'attendance', share: 2 / 3 } },
]

export function quorumName(quorum: Quorum | null): string {
  const known = quorums.find((each) => each.quorum?.of === quorum?.of && each.quorum?.share === quorum?.share)
  if (known) return known.name
  return `${quorum!.of === 'roster' ? '应到人数' : '到会人数'}的 ${Math.round(quorum!.share * 100)}%`
}
