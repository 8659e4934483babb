import { Button, Select, Table } from 'antd'
import { useMemo } from 'react'
import { useSearchParams } from 'react-router'
import type { AgeBand, Coverage } from '../../shared/campaigns/api.ts'
import { channelNames } from '../../shared/surveys/channel-names.ts'
import { serverNow } from '../api/server-clock.ts'
import { RoundPicker } from '../kit/round-picker.tsx'
import { sortingOf } from '../kit/sorting.ts'
import { columnsOf } from './coverage-columns.tsx'
import {
  type DesignEffects,
  isFew,
  isShort,
  narrowed,
  type Places,
  plainView,
  type Row,
  rowsOf,
  together,
  type View,
} from './coverage-rows.ts'
import { DaysTable } from './days-table.tsx'
import { lastDays, percent, whole } from './words.ts'
import './campaigns.css'

interface Props {
  survey: string
  board: Coverage
  places: Places
  deffs: DesignEffects
}

const DAYS = 14

/** How far a survey is, community by community; how it is looked at stands in the address. */
export function CoverageBoard({ survey, board, places, deffs }: Props) {
  const [view, change] = useView()
  const today = serverNow().toISOString().slice(0, 13)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the days become others when the hour does
  const days = useMemo(() => lastDays(DAYS, serverNow().getTime()), [today])
  const { channel, band } = view
  const rows = useMemo(
    () => rowsOf(places, board.communities, { channel, band }, days, deffs),
    [places, board, channel, band, days, deffs],
  )
  const shown = useMemo(() => narrowed(rows, view), [rows, view])
  const columns = useMemo(() => columnsOf(survey, view, days), [survey, view, days])
  return (
    <>
      <Summary rows={shown} all={rows.length} />
      <Filters {...{ view, change, places }} bands={board.bands} rounds={board.rounds} found={shown.length} />
      {view.round && <p className="under">样本目标、拒访、未遇和入户单不分轮次。</p>}
      <Table<Row>
        className="district-table coverage"
        columns={columns}
        dataSource={shown}
        rowKey="code"
        size="small"
        bordered
        pagination={false}
        sticky
        tableLayout="fixed"
        scroll={{ x: columns.reduce((sum, { width }) => sum + Number(width), 0) }}
        showSorterTooltip={false}
        onChange={(_, __, sorter) => change(sortingOf(sorter, plainView))}
        locale={{ emptyText: <Nothing all={rows.length} clear={() => change(plainView)} /> }}
      />
      <DaysTable rows={shown} days={days} />
      <HowCounted />
    </>
  )
}

function useView(): [View, (part: Partial<View>) => void] {
  const [search, setSearch] = useSearchParams()
  const view = useMemo(() => {
    const entries = Object.entries(plainView).map(([key, plain]) => [key, search.get(key) ?? plain])
    return Object.fromEntries(entries) as View
  }, [search])
  const change = (part: Partial<View>) => {
    const entries = Object.entries({ ...view, ...part }).filter(
      ([key, value]) => value !== plainView[key as keyof View],
    )
    setSearch(Object.fromEntries(entries), { replace: true })
  }
  return [view, change]
}

function Summary({ rows, all }: { rows: Row[]; all: number }) {
  const sum = together(rows)
  const figures: [string, string, string?][] = [
    [
      '有效答卷',
      whole(sum.valid),
      sum.target > 0 ? `目标 ${whole(sum.target)}，完成 ${percent(sum.filled / sum.target)}` : '还没有设目标',
    ],
    [
      '收到',
      whole(sum.reached),
      sum.reached > sum.valid ? `其中 ${whole(sum.reached - sum.valid)} 份经复核剔除` : '没有剔除的',
    ],
    ['未达目标', `${rows.filter(isShort).length} 个社区`],
    ['样本过少', `${rows.filter(isFew).length} 个社区`, '不足30份'],
    ['入户应答率', percent(sum.rate), `拒访 ${whole(sum.refused)} 户，未遇 ${whole(sum.notHome)} 户`],
    ['入户单', `${whole(sum.answered)} / ${whole(sum.issued)}`, '交回 / 发出'],
  ]
  return (
    <section aria-label="合计">
      <p className="under">
        {rows.length === all ? `您能看到的 ${all} 个社区合计` : `所列 ${rows.length} 个社区合计（共 ${all} 个）`}
        ；有新答卷时本页自动更新。
      </p>
      {sum.reached === 0 && (
        <p className="panel calm">
          还没有答卷。可以先设样本目标，到“海报与桌牌”下载海报，再点开一个社区印入户单、登记入户情况。
        </p>
      )}
      <dl className="figures">
        {figures.map(([name, value, more]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {value}
              {more && <small>{more}</small>}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

interface FilterProps {
  view: View
  change(part: Partial<View>): void
  bands: AgeBand[]
  rounds: number[]
  places: Places
  found: number
}

function Filters({ view, change, bands, rounds, places, found }: FilterProps) {
  const choices: Record<
    'channel' | 'band' | 'subdistrict' | 'show',
    [label: string, all: string, entries: [string, string][]]
  > = {
    channel: ['渠道', '全部渠道', Object.entries(channelNames)],
    band: ['年龄段', '全部年龄', bands.map(({ code, title }) => [code, title])],
    subdistrict: ['街道', '全部街道', places.subdistricts.map(({ code, name }) => [code, name])],
    show: [
      '看哪些',
      '全部社区',
      [
        ['short', '未达目标'],
        ['few', '样本过少（不足30份）'],
      ],
    ],
  }
  return (
    <section className="filters" aria-label="筛选">
      <RoundPicker id="coverage-round" rounds={rounds} value={view.round} change={(round) => change({ round })} />
      {Object.entries(choices).map(([key, [label, all, entries]]) => (
        <label key={key} htmlFor={`coverage-${key}`}>
          {label}
          <Select
            id={`coverage-${key}`}
            value={view[key as keyof View]}
            options={[{ value: '', label: all }, ...entries.map(([value, text]) => ({ value, label: text }))]}
            popupMatchSelectWidth={false}
            onChange={(value) => change({ [key]: value })}
          />
        </label>
      ))}
      <p className="found" role="status">
        共{found}个社区
      </p>
    </section>
  )
}

function Nothing({ all, clear }: { all: number; clear(): void }) {
  if (all === 0) return <p>还没有社区。请先请管理员按“街道、社区”的顺序导入。</p>
  return (
    <p>
      没有符合条件的社区。
      <Button type="link" onClick={clear}>
        清除筛选条件
      </Button>
    </p>
  )
}

function HowCounted() {
  return (
    <details className="how">
      <summary>这些数是怎么算的</summary>
      <ul>
        <li>收到：本轮问卷收进来的全部答卷；有效：去掉经人工复核剔除的。答卷交上来后两三秒内计入。</li>
        <li>
          完成 = 各渠道、各年龄段填满目标的份数合计 ÷ 目标合计：一格多收的不抵另一格少收的，没有设目标的格不算在内。
        </li>
        <li>
          入户应答率 = 入户有效答卷 ÷（入户有效答卷 + 拒访 + 未遇），按美国民意研究协会（AAPOR）《标准定义》2023年版的
          RR1；线上、纸质和会场由居民自愿填答，不知道问过多少人，不算应答率。
        </li>
        <li>
          误差：95%置信水平下，比例在一半左右时的抽样误差（百分点），1.96 × √(设计效应 × 0.25 ÷
          有效份数)；加权的社区计入设计效应（Kish），只看某个渠道或年龄段时不计。居民自愿填答，不是随机抽样，误差只反映偶然性。
        </li>
        <li>红色：不足10份，不能公开；灰色：10–29份，仅供参考；黄色：30–59份，慎用。</li>
      </ul>
    </details>
  )
}
