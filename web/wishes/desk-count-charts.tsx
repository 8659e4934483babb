import type { Chart } from '../../shared/document.ts'
import type { WishCounts } from '../../shared/wishes/desk-api.ts'
import { kindNames } from '../../shared/wishes/kinds.ts'
import { ChartFigure } from '../kit/chart-figure.tsx'
import { Numbers } from './desk-count-tables.tsx'
import type { Counts } from './desk-statistics.tsx'
import { daysWords, percent } from './desk-words.ts'

/** More bars cannot be read beside one another; the table below holds every community. */
const MOST_COMMUNITIES = 12

interface Line extends WishCounts {
  name: string
}

interface Props {
  counts: Counts
  nameOf(community: string): string
}

/** The same counts by kind and by community, drawn. */
export function CountCharts({ counts, nameOf }: Props) {
  const kinds = counts.kinds
    .filter(({ posted }) => posted > 0)
    .map(({ kind, ...line }): Line => ({ name: kindNames[kind], ...line }))
  const all = counts.communities
    .map(({ community, ...line }): Line => ({ name: nameOf(community), ...line }))
    .sort((a, b) => b.posted - a.posted)
  const communities = all.slice(0, MOST_COMMUNITIES)
  const note =
    all.length > communities.length ? `画出提出最多的 ${MOST_COMMUNITIES} 个社区，其余见下面的表。` : undefined
  return (
    <>
      <div className="pair spaced">
        <How lines={kinds} caption="各类心愿：提出、认领、办结（个）" />
        <How lines={communities} caption="各社区：提出、认领、办结（个）" note={note} />
      </div>
      <div className="pair">
        <Rates lines={kinds} caption="各类心愿的办结率" />
        <Rates lines={communities} caption="各社区的办结率" note={note} />
      </div>
      <div className="pair">
        <Days lines={kinds} of="toClaim" caption="各类心愿多久被认领" />
        <Days lines={kinds} of="toFulfil" caption="各类心愿认领后多久办结" />
      </div>
      <div className="pair">
        <Days lines={communities} of="toClaim" caption="各社区心愿多久被认领" note={note} />
        <Days lines={communities} of="toFulfil" caption="各社区认领后多久办结" note={note} />
      </div>
    </>
  )
}

interface FigureProps {
  lines: Line[]
  caption: string
  note?: string
}

function How({ lines, ...rest }: FigureProps) {
  const series = (name: string, of: 'posted' | 'claimed' | 'fulfilled') => ({
    name,
    values: lines.map((one) => one[of]),
  })
  const chart: Chart = {
    ...{ type: 'bar', unit: 'count', labels: lines.map(({ name }) => name) },
    series: [series('提出', 'posted'), series('认领过', 'claimed'), series('办结', 'fulfilled')],
  }
  return <ChartFigure {...rest} chart={chart} />
}

/** A rate without anything claimed is no bar. */
function Rates({ lines, ...rest }: FigureProps) {
  const claimed = lines.filter(({ fulfilmentRate }) => fulfilmentRate !== null)
  if (claimed.length === 0) return null
  const values = claimed.map(({ fulfilmentRate }) => fulfilmentRate)
  const labels = claimed.map(({ name }) => name)
  const chart: Chart = { type: 'bar', unit: 'share', labels, series: [{ name: '办结率', values }] }
  const cells = claimed.map((one) => [percent(one.fulfilmentRate), `${one.fulfilled}／${one.claimed}`])
  return (
    <ChartFigure
      {...rest}
      chart={chart}
      table={<Numbers of="项目" {...{ labels, cells }} heads={['办结率', '办结／认领过']} />}
    />
  )
}

function Days({ lines, of, caption, ...rest }: FigureProps & { of: 'toClaim' | 'toFulfil' }) {
  const timed = lines.filter((one) => one[of].n > 0)
  if (timed.length === 0) return null
  // At an event all of it is a matter of hours.
  const isQuick = timed.every((one) => (one[of].p90 ?? 0) < 2)
  const shown = (days: number | null) => days && Math.round(days * (isQuick ? 24 : 1) * 10) / 10
  const labels = timed.map(({ name }) => name)
  const chart: Chart = {
    ...{ type: 'bar', unit: 'rating', labels },
    series: [
      { name: '中位数', values: timed.map((one) => shown(one[of].median)) },
      { name: '九成以内', values: timed.map((one) => shown(one[of].p90)) },
    ],
  }
  const cells = timed.map((one) => [daysWords(one[of].median), daysWords(one[of].p90), `${one[of].n}`])
  return (
    <ChartFigure
      {...rest}
      caption={`${caption}（${isQuick ? '小时' : '天'}）`}
      chart={chart}
      table={<Numbers of="项目" {...{ labels, cells }} heads={['中位数', '九成以内', '个数']} />}
    />
  )
}
