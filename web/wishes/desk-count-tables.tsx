import { Scroll } from '../kit/scroll.tsx'
import type { Counts } from './desk-statistics.tsx'
import { daysWords, percent } from './desk-words.ts'

/** Organisations by what they fulfilled, never by what they claimed. */
export function Ranking({ sponsors }: { sponsors: Counts['sponsors'] }) {
  return (
    <>
      <h2>共建单位排名（按办结数）</h2>
      {sponsors.length === 0 ? (
        <p className="panel">这段时间提出的心愿还没有办结的。只按办结排名，认领了没有办的不算。</p>
      ) : (
        <Scroll label="共建单位排名">
          <table className="plain">
            <thead>
              <tr>
                <th scope="col" className="number">
                  名次
                </th>
                <th scope="col">单位</th>
                <th scope="col" className="number">
                  办结
                </th>
                <th scope="col" className="number">
                  平均评分（满分 5）
                </th>
              </tr>
            </thead>
            <tbody>
              {sponsors.map(({ rank, sponsor, name, fulfilled, rating, rated }) => (
                <tr key={sponsor}>
                  <td className="number">{rank}</td>
                  <th scope="row">{name}</th>
                  <td className="number">{fulfilled}</td>
                  <td className="number">{rating === null ? '还没有评分' : `${rating.toFixed(1)}（${rated} 人）`}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </>
  )
}

interface Props {
  communities: Counts['communities']
  nameOf(community: string): string
}

const heads = [
  '提出',
  '待认领',
  '认领过',
  '办结',
  '办结率',
  '认领用时',
  '认领用时（九成以内）',
  '办结用时',
  '办结用时（九成以内）',
]

/** Every community with all its numbers. */
export function CommunityCounts({ communities, nameOf }: Props) {
  const cells = communities.map(({ posted, open, claimed, fulfilled, fulfilmentRate, toClaim, toFulfil }) => [
    ...[posted, open, claimed, fulfilled].map(String),
    percent(fulfilmentRate),
    ...[toClaim.median, toClaim.p90, toFulfil.median, toFulfil.p90].map(daysWords),
  ])
  return (
    <>
      <h2>各社区</h2>
      <Scroll label="各社区">
        <Numbers {...{ heads, cells }} of="社区" labels={communities.map(({ community }) => nameOf(community))} />
      </Scroll>
    </>
  )
}

/** A row of numbers for each thing. */
export function Numbers({
  of,
  labels,
  heads,
  cells,
}: {
  of: string
  labels: string[]
  heads: string[]
  cells: string[][]
}) {
  return (
    <table className="plain">
      <thead>
        <tr>
          <th scope="col">{of}</th>
          {heads.map((head) => (
            <th key={head} scope="col" className="number">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {labels.map((label, row) => (
          <tr key={`${row} ${label}`}>
            <th scope="row">{label}</th>
            {cells[row]!.map((cell, column) => (
              <td key={heads[column]} className="number">
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
