import { type ReactNode, useMemo, useState } from 'react'
import type { AreaRounds } from '../../shared/demand/rounds-api.ts'
import { ChartFigure } from '../kit/chart-figure.tsx'
import { FigureButton, type Shown } from '../kit/figure.tsx'
import { Scroll } from '../kit/scroll.tsx'
import { changeFigure, ratingFigure, roundFigure, roundName, roundsChart } from './round-figures.ts'
import { ShareRows } from './shares-table.tsx'
import { type Kind, kindNames } from './words.ts'

type Names = ReadonlyMap<string, string>

/** What an area needs, round by round, and what has changed beyond the intervals. */
export function RoundsCompared({ seen, names }: { seen: AreaRounds; names: Names }) {
  const [kind, setKind] = useState<Kind>('need')
  const chart = useMemo(() => roundsChart(seen, kind, names), [seen, kind, names])
  const caption = `${seen.area.name}：各轮的${kindNames[kind]}`
  const faults = seen.comparable.flatMap((step, at) => (step[kind] ? [{ at, why: step[kind] }] : []))
  return (
    <>
      <div className="filters">
        <label>
          比较哪一项
          <select value={kind} onChange={({ target }) => setKind(target.value as Kind)}>
            {Object.entries(kindNames).map(([value, name]) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </select>
        </label>
      </div>
      {faults.map(({ at, why }) => (
        <p key={at} className="panel">
          {roundName(seen, at)}与{roundName(seen, at + 1)}的{kindNames[kind]}不能直接比较：{why}。
        </p>
      ))}
      <Scroll label={`${caption}（表格）`}>
        <RoundRows caption={caption} seen={seen} kind={kind} names={names} />
      </Scroll>
      <p className="note">
        括号内为95%置信区间。
        {seen.rounds.length > 1
          ? '变化的单位是百分点，区间不含0才说“上升”或“下降”。各轮的人按互相独立计算，区间只反映抽样误差。'
          : '现在只有一轮；下一轮收到答卷后，这里并列两轮的数字和变化。'}
      </p>
      <ChartFigure caption={caption} chart={chart} note="细线为95%置信区间。" />
    </>
  )
}

function RoundRows({ caption, seen, kind, names }: { caption: string; seen: AreaRounds; kind: Kind; names: Names }) {
  const titles = seen.rounds.flatMap(({ n }, at) => [
    `${roundName(seen, at)}（${n.toLocaleString('zh-CN')}份）`,
    ...(at > 0 ? [`比${roundName(seen, at - 1)}`] : []),
    `${roundName(seen, at)}优先度`,
  ])
  const rows = seen.services.map((service) => ({
    key: service.service,
    cells: [
      names.get(service.service) ?? service.service,
      ...service.rounds.flatMap((_, at): ReactNode[] => {
        const change = shown(changeFigure(seen, service, kind, at - 1), '—')
        const share = shown(roundFigure(seen, service, kind, at), '没有问')
        const rating = shown(ratingFigure(seen, service, at), '—')
        return [share, ...(at > 0 ? [change] : []), rating]
      }),
    ],
  }))
  return <ShareRows caption={caption} titles={['服务', ...titles]} rows={rows} />
}

const shown = (figure: Shown | undefined, otherwise: string) => (figure ? <FigureButton figure={figure} /> : otherwise)
