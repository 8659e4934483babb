import { Button } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { readWishPlaces } from '../../shared/wishes/api.ts'
import { exportWishes, moderateWish, readWishCounts } from '../../shared/wishes/desk-api.ts'
import type { Answer } from '../api/call.ts'
import { useAct } from '../api/use-act.ts'
import { together, useAnswer } from '../api/use-answer.ts'
import { fetched } from '../kit/fetched.ts'
import { usePermitted } from '../kit/permitted.tsx'
import { Refusal } from '../kit/refusal.tsx'
import { Screen } from '../kit/screen-face.tsx'
import { CountCharts } from './desk-count-charts.tsx'
import { CommunityCounts, Ranking } from './desk-count-tables.tsx'
import { Period, queryOf, whole } from './desk-period.tsx'
import { daysWords, percent } from './desk-words.ts'

export type Counts = Answer<typeof readWishCounts>

/** 统计: how wishes went in a period. */
export function StatisticsPage({ district }: { district: string }) {
  const [period, setPeriod] = useState(whole)
  const query = queryOf(period)
  const seen = together<{ counts: Counts; places: Answer<typeof readWishPlaces> }>({
    counts: useAnswer(readWishCounts, { district }, query),
    places: useAnswer(readWishPlaces, { district }),
  })
  return (
    <>
      <h1>心愿统计</h1>
      <Period period={period} change={setPeriod} />
      <Screen seen={seen}>
        {({ counts, places }) => (
          <Statistics
            {...{ district, counts, query }}
            nameOf={(code) => places.communities.find((one) => one.code === code)?.name ?? code}
          />
        )}
      </Screen>
    </>
  )
}

interface Props {
  district: string
  counts: Counts
  query: Record<string, string>
  nameOf(community: string): string
}

function Statistics({ district, counts, query, nameOf }: Props) {
  const { run, busy, refused } = useAct()
  const { may } = usePermitted()
  if (counts.all.posted === 0) return <Nothing isWhole={Object.keys(query).length === 0} mayPost={may(moderateWish)} />
  return (
    <>
      <Totals all={counts.all} />
      {may(exportWishes) && (
        <div className="actions">
          <Button loading={busy} onClick={() => void run(() => fetched(exportWishes, { district }, query))}>
            下载心愿台账（XLSX）
          </Button>
          <span className="under">一个心愿一行，不含姓名和联系方式</span>
        </div>
      )}
      {refused && <Refusal message={refused} />}
      <CountCharts counts={counts} nameOf={nameOf} />
      <Ranking sponsors={counts.sponsors} />
      <CommunityCounts communities={counts.communities} nameOf={nameOf} />
    </>
  )
}

const mostWords = ({ p90 }: Counts['all']['toClaim']): string =>
  p90 === null ? '还没有' : `九成在 ${daysWords(p90)}以内`

function Totals({ all }: { all: Counts['all'] }) {
  const figures: [string, string, string?][] = [
    ['提出', `${all.posted}`],
    ['现在待认领', `${all.open}`],
    ['认领过', `${all.claimed}`],
    ['办结', `${all.fulfilled}`],
    ['办结率', percent(all.fulfilmentRate), all.claimed > 0 ? '办结 ÷ 认领过' : '还没有认领过的'],
    ['认领用时', daysWords(all.toClaim.median), mostWords(all.toClaim)],
    ['办结用时', daysWords(all.toFulfil.median), mostWords(all.toFulfil)],
  ]
  return (
    <>
      <dl className="figures">
        {figures.map(([name, value, beside]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {value}
              {beside && <small>{beside}</small>}
            </dd>
          </div>
        ))}
      </dl>
      <p className="under">
        按提出的日子统计。用时取中位数：认领用时从上心愿墙到第一次被认领，办结用时从认领到确认办到。
      </p>
    </>
  )
}

function Nothing({ isWhole, mayPost }: { isWhole: boolean; mayPost: boolean }) {
  if (!isWhole) return <p className="panel">这段时间没有人提出心愿，请换一段时间，或点“全部时间”。</p>
  return (
    <p className="panel">
      还没有心愿，也就没有可以统计的。
      {mayPost && (
        <>
          请先在<Link to="/wishes/stations">驿站与规则</Link>里打印海报，或者<Link to="/wishes/new">代提</Link>一个。
        </>
      )}
    </p>
  )
}
