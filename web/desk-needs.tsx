import { useMemo } from 'react'
import type { Demand } from '../shared/demand/api.ts'
import { needsChart, quadrantChart } from './demand/charts.ts'
import { byPriority, countFigure } from './demand/figures.ts'
import { GapTable } from './demand/gap-table.tsx'
import { Parts } from './demand/parts.tsx'
import { ServiceTable } from './demand/service-table.tsx'
import { SharesTable } from './demand/shares-table.tsx'
import { DemandSummary, Quality } from './demand/summary.tsx'
import { Voices } from './demand/voices.tsx'
import { Wishes } from './demand/wishes.tsx'
import { useSurveyWords } from './desk-names.ts'
import { ChartFigure } from './kit/chart-figure.tsx'
import { FigureButton } from './kit/figure.tsx'

interface Props {
  district: string
  demand: Demand
  services: ReadonlyMap<string, string>
}

/** What the residents of a community need, what is missing, and how far the figures may be relied on. */
export function Needs({ district, demand, services }: Props) {
  const { choices, titles } = useSurveyWords(district, demand)
  const charts = useMemo(
    () => ({ needs: needsChart(demand, services), quadrant: quadrantChart(demand, services) }),
    [demand, services],
  )
  if (demand.inside === 0)
    return (
      <>
        <NoAnswers demand={demand} />
        <Voices demand={demand} names={services} />
        <Wishes demand={demand} names={services} />
      </>
    )
  const first = demand.services[byPriority(demand)[0] ?? 0]?.service ?? ''
  const captions = {
    needs: `${demand.area.name}：各项服务的需求率与未满足率`,
    quadrant: `${demand.area.name}：需求率与未满足率对照`,
  }
  const table = (caption: string) => <SharesTable caption={caption} demand={demand} names={services} />
  return (
    <>
      <DemandSummary demand={demand} names={services} />
      <h2>居民需求</h2>
      <ServiceTable demand={demand} names={services} />
      {demand.services.some(({ shrunk }) => shrunk) && (
        <p className="note">
          “参考”两列是把本社区的结果向街道和全区靠拢后的估计，答卷少时更稳，只供参考，不写入方案正文。
        </p>
      )}
      <Voices demand={demand} names={services} />
      <Wishes demand={demand} names={services} />
      <div className="pair spaced">
        <ChartFigure
          caption={captions.needs}
          chart={charts.needs}
          table={table(captions.needs)}
          note="细线为95%置信区间。"
        />
        <ChartFigure
          caption={captions.quadrant}
          chart={charts.quadrant}
          table={table(captions.quadrant)}
          note="越靠右上，需要的人越多、没有得到满足的也越多。"
        />
      </div>
      <h2>分人群</h2>
      <Parts key={demand.area.code} demand={demand} names={services} choices={choices} first={first} />
      <h2>缺口</h2>
      <p className="note">需求人数减去服务半径内可用公共设施能力；民办设施列出，不抵减。</p>
      <GapTable demand={demand} names={services} />
      <h2>数据质量与加权</h2>
      <Quality demand={demand} titles={titles} />
    </>
  )
}

function NoAnswers({ demand }: { demand: Demand }) {
  return (
    <div className="panel">
      {demand.n === 0 ? (
        <p>本社区还没有收到答卷。请张贴本社区的问卷海报，或安排入户走访；收到答卷后这里会显示需求。</p>
      ) : (
        <p>
          本社区收到
          <FigureButton figure={countFigure(demand, demand.n, ['n'])} />
          份答卷，但没有一份可以参加加权（例如都不住在本社区），暂时没有需求数据。
        </p>
      )}
    </div>
  )
}
