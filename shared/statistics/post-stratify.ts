/**
 * Post-stratification: the weight of each person of a cell, so that cells stand in the proportions of `population`
 * (counts or shares); mean 1 over people. Cells without people get 0: what they should stand for is shared by the
 * others, and the caller reports it. Holt and Smith (1979).
 * @throws {RangeError} when the lists differ in length, a number is negative or not finite, or no cell with people has
 *   a population
 */
export function postStratify(counts: number[], population: number[]): number[] {
  const valid = (value: number) => value >= 0 && value < Infinity
  if (counts.length !== population.length) throw new RangeError('every cell needs a count and a population')
  if (!counts.every(valid) || !population.every(valid)) throw new RangeError('counts are never negative')
  const people = counts.reduce((sum, count) => sum + count, 0)
  const reached = population.reduce((sum, size, cell) => (counts[cell]! > 0 ? sum + size : sum), 0)
  if (!(reached > 0)) throw new RangeError('no cell with people has a population')
  return counts.map((count, cell) => (count > 0 ? ((population[cell]! / reached) * people) / count : 0))
}
