import type { TableColumnsType } from 'antd'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { channelNames } from '../../shared/surveys/channel-names.ts'
import { FigureButton } from '../kit/figure.tsx'
import type { Sorting } from '../kit/sorting.ts'
import type { Row } from './district-rows.ts'
import { byPriority, countFigure, gapFigure, ratingFigure, shareFigure } from './figures.ts'
import { Wished, wishedBy } from './wishes.tsx'
import { tierName } from './words.ts'

/** Fewer answers than these make shares too uncertain to compare. */
const ENOUGH = 30
const NEEDS_SHOWN = 3

type Columns = TableColumnsType<Row>
type Names = ReadonlyMap<string, string>

/** The columns of the district table: all services at a glance, or one service in detail when `service` names it, with wishes where there are any. */
export function columnsOf(names: Names, service: string, sorting: Sorting, wished: boolean): Columns {
  const sorted = (key: string) => (sorting.by === key ? sorting.order : null)
  const number = (key: string, title: string, value: (row: Row) => number, render: (row: Row) => ReactNode) => ({
    key,
    title,
    align: 'right' as const,
    sorter: (a: Row, b: Row) => value(a) - value(b),
    sortOrder: sorted(key),
    sortDirections: ['descend' as const, 'ascend' as const],
    render: (_: unknown, row: Row) => render(row),
  })
  const place: Columns[number] = {
    key: 'name',
    title: '社区',
    fixed: 'left',
    width: 180,
    sorter: (a, b) => a.code.localeCompare(b.code),
    sortOrder: sorted('name'),
    rowScope: 'row',
    render: (_, row) => <Place row={row} />,
  }
  const answers: Columns[number] = {
    ...number(
      'n',
      '答卷 / 目标',
      (row) => row.n,
      (row) => <Answers row={row} />,
    ),
    width: 116,
  }
  return service
    ? [place, answers, ...oneService(number, service), ...(wished ? [wishes(number, service)] : [])]
    : [place, answers, channels(number), ...allServices(number, names)]
}

type Numbers = (
  key: string,
  title: string,
  value: (row: Row) => number,
  render: (row: Row) => ReactNode,
) => Columns[number]

function channels(number: Numbers): Columns[number] {
  return {
    key: 'channels',
    title: '各渠道答卷（份）',
    children: Object.entries(channelNames).map(([channel, title]) => ({
      ...number(
        channel,
        title,
        (row) => row.channels[channel] ?? 0,
        (row) => <Channel row={row} channel={channel} />,
      ),
      width: 72,
    })),
  }
}

function allServices(number: Numbers, names: Names): Columns {
  return [
    {
      key: 'needs',
      title: '最优先的三项服务：需求率（95% 区间），档次',
      width: 330,
      render: (_, row) => <Needs row={row} names={names} />,
    },
    {
      ...number(
        'unmet',
        '未满足率最高的服务',
        (row) => row.unmetShare,
        (row) => <Unmet row={row} names={names} />,
      ),
      width: 176,
    },
  ]
}

function oneService(number: Numbers, service: string): Columns {
  const at = (row: Row) => row.demand.services.findIndex((one) => one.service === service)
  const found = (row: Row) => row.demand.services[at(row)]
  const share = (key: 'need' | 'unmet') => (row: Row) => {
    const one = found(row)
    return one ? <FigureButton figure={shareFigure(row.demand, one[key], ['services', at(row), key])} /> : '—'
  }
  return [
    { ...number('need', '需求率', (row) => found(row)?.need.p ?? -1, share('need')), width: 166 },
    { ...number('unmet', '未满足率', (row) => found(row)?.unmet.p ?? -1, share('unmet')), width: 166 },
    {
      ...number(
        'pir',
        '优先度',
        (row) => found(row)?.pir ?? -1,
        (row) => (found(row) ? <FigureButton figure={ratingFigure(row.demand, at(row))} /> : '—'),
      ),
      width: 126,
    },
    { key: 'tier', title: '档次', width: 72, render: (_, row) => <Tier tier={found(row)?.tier ?? null} /> },
    {
      ...number(
        'gap',
        '缺口',
        (row) => found(row)?.gap?.gap ?? Number.NEGATIVE_INFINITY,
        (row) => (found(row) ? <FigureButton figure={gapFigure(row.demand, at(row))} /> : '—'),
      ),
      width: 170,
    },
  ]
}

function wishes(number: Numbers, service: string): Columns[number] {
  return {
    ...number(
      'wishes',
      '微心愿（人次）',
      ({ demand }) => wishedBy(demand, service),
      ({ demand }) => <Wished demand={demand} service={service} />,
    ),
    width: 132,
  }
}

function Place({ row }: { row: Row }) {
  return (
    <>
      <Link to={`/communities/${row.code}`}>{row.name}</Link> {row.pilot && <span className="tag">试点</span>}
      <span className="sub">
        {row.subdistrictName} · {row.kind}
      </span>
    </>
  )
}

function Answers({ row }: { row: Row }) {
  return (
    <>
      <FigureButton figure={countFigure(row.demand, row.n, ['n'])} />
      <span className="sub">
        {row.n < ENOUGH && <span className="tag warn">{`不足${ENOUGH}份`}</span>}
        {row.target > 0 ? ` / ${row.target.toLocaleString('zh-CN')}` : row.n >= ENOUGH && '未设目标'}
      </span>
    </>
  )
}

function Channel({ row, channel }: { row: Row; channel: string }) {
  const at = row.demand.channels.findIndex((one) => one.channel === channel)
  if (at < 0) return <FigureButton figure={countFigure(row.demand, 0, ['channels'])} />
  return <FigureButton figure={countFigure(row.demand, row.demand.channels[at]!.n, ['channels', at, 'n'])} />
}

function Needs({ row: { demand }, names }: { row: Row; names: Names }) {
  const first = byPriority(demand).slice(0, NEEDS_SHOWN)
  if (first.length === 0) return '还没有答卷'
  return (
    <ul className="needs">
      {first.map((i) => {
        const { service, need, tier } = demand.services[i]!
        return (
          <li key={service}>
            <span>{names.get(service) ?? service}</span>
            <span className="number">
              <FigureButton figure={shareFigure(demand, need, ['services', i, 'need'])} />
            </span>
            <Tier tier={tier} />
          </li>
        )
      })}
    </ul>
  )
}

export function Tier({ tier }: { tier: number | null }) {
  if (tier === null) return <span className="tag quiet">不分档</span>
  return <span className={tier === 1 ? 'tag' : 'tag quiet'}>{tierName(tier)}</span>
}

function Unmet({ row: { demand, unmet }, names }: { row: Row; names: Names }) {
  if (unmet === undefined) return '—'
  const { service, unmet: share } = demand.services[unmet]!
  return (
    <>
      {names.get(service) ?? service}
      <span className="sub">
        <FigureButton figure={shareFigure(demand, share, ['services', unmet, 'unmet'])} />
      </span>
    </>
  )
}
