/** Wishes as a record that figures rest on, by their numbers: wishes:YX/1-4+9. */
export function wishRecord(numbers: readonly number[], district?: string): string {
  const rows: { from: number; to: number }[] = []
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const last = rows.at(-1)
    if (last && last.to === number - 1) last.to = number
    else rows.push({ from: number, to: number })
  }
  const written = rows.map(({ from, to }) => (from === to ? `${from}` : `${from}${to === from + 1 ? '+' : '-'}${to}`))
  return `wishes:${district ? `${district}/` : ''}${written.join('+')}`
}
