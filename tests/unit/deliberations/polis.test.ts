import { describe, expect, it } from 'vitest'
import { groupInformedConsensus } from '../../../shared/deliberations/consensus.ts'
import { kMeans } from '../../../shared/statistics/k-means.ts'
import { type Matrix, principalComponents, scaledScores } from '../../../shared/statistics/pca.ts'
import { adjustedRandIndex } from '../../../shared/statistics/rand-index.ts'
import { silhouettes } from '../../../shared/statistics/silhouette.ts'
import { oracle, readCsv } from '../statistics/oracle-data.ts'

/** One conversation with the groups and the consensus that Polis published of it (CC BY 4.0, The Computational Democracy Project). */
function conversation() {
  const first = new Map<string, number>()
  for (const { 'voter-id': voter, timestamp } of readCsv('polis_bg2050/votes.csv'))
    first.set(voter!, Math.min(first.get(voter!) ?? Infinity, Number(timestamp)))
  const people = readCsv('polis_bg2050/participants-votes.csv')
  people.sort((a, b) => first.get(a.participant!)! - first.get(b.participant!)!)
  const statements = readCsv('polis_bg2050/comments.csv')
  const inside = people.map((person) => person['group-id'] !== '')
  return { people, statements, inside, published: people.map((person) => Number(person['group-id'])) }
}

/** What moderation took out was shown to nobody any more: it counts as passed by everybody. */
function votesIn({ people, statements }: ReturnType<typeof conversation>): Matrix {
  const values = people.flatMap((person) =>
    statements.map((statement) => {
      if (statement.moderated === '-1') return 0
      const vote = person[statement['comment-id']!]!
      return vote === '' ? NaN : Number(vote)
    }),
  )
  return { rows: people.length, columns: statements.length, values: Float64Array.from(values) }
}

describe.runIf(oracle)('the conversation of Bowling Green', () => {
  const all = conversation()

  it('has the published group-informed consensus of each of its 371 statements', () => {
    expect(all.statements).toHaveLength(371)
    for (const statement of all.statements) {
      const groups = ['0', '1'].map((group) => {
        const own = all.people.filter((person) => person['group-id'] === group)
        const of = (vote: string) => own.filter((person) => person[statement['comment-id']!] === vote).length
        return { agree: of('1'), disagree: of('-1'), pass: of('0') }
      })
      const published = Number(statement['group-informed-consensus'])
      expect(Math.abs(groupInformedConsensus(groups) - published)).toBeLessThan(1e-12)
    }
  })

  it('falls into the published groups, through 100 base clusters and from the first ones as starts', () => {
    const matrix = votesIn(all)
    const points = scaledScores(matrix, principalComponents(matrix)).filter((_, row) => all.inside[row])
    const base = kMeans(points, points.slice(0, 100))
    const sizes = base.centres.map((_, cluster) => base.of.filter((of) => of === cluster).length)
    const groups = [2, 3, 4, 5].map((k) => kMeans(base.centres, base.centres.slice(0, k), sizes))
    const widths = silhouettes(
      base.centres,
      groups.map(({ of }) => of),
    )
    expect(widths.indexOf(Math.max(...widths))).toBe(0)
    const found = [...base.of].map((cluster) => groups[0]!.of[cluster]!)
    const published = all.published.filter((_, row) => all.inside[row])
    expect(found).toHaveLength(108)
    expect(adjustedRandIndex(found, published)).toBe(1)
  })
})
