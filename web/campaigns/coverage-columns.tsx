import type { TableColumnsType } from 'antd'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { Row, View } from './coverage-rows.ts'
import { Sparkline } from './sparkline.tsx'
import { margin, percent, standingWords, whole } from './words.ts'

type Columns = TableColumnsType<Row>

/** The columns of the board; contacts and slips belong to whole communities and are left out where a part is looked at. */
export function columnsOf(survey: string, view: View, days: string[]): Columns {
  const isWhole = view.channel === '' && view.band === ''
  const hasVisits = view.band === '' && (view.channel === '' || view.channel === 'visit')
  const number = (
    key: string,
    title: string,
    width: number,
    value: (row: Row) => number,
    render: (row: Row) => ReactNode,
  ) => ({
    ...{ key, title, width, align: 'right' as const },
    sorter: (a: Row, b: Row) => value(a) - value(b),
    sortOrder: sorted(key),
    sortDirections: ['descend' as const, 'ascend' as const],
    render: (_: unknown, row: Row) => render(row),
  })
  const sorted = (key: string) => (view.by === key ? view.order : null)
  return [
    {
      ...{ key: 'name', title: '社区', width: 168, rowScope: 'row' },
      fixed: 'left',
      sorter: (a, b) => a.code.localeCompare(b.code),
      sortOrder: sorted('name'),
      render: (_, row) => <Place survey={survey} row={row} />,
    },
    number(
      'target',
      '目标',
      84,
      ({ target }) => target,
      ({ target }) => (target > 0 ? whole(target) : '未设'),
    ),
    number(
      'reached',
      '收到',
      84,
      ({ reached }) => reached,
      ({ reached }) => whole(reached),
    ),
    number(
      'valid',
      '有效',
      142,
      ({ valid }) => valid,
      (row) => <Valid row={row} />,
    ),
    number(
      'done',
      '完成',
      110,
      ({ done }) => done ?? -1,
      (row) => <Done row={row} />,
    ),
    number(
      'margin',
      '误差（95%）',
      110,
      (row) => row.margin ?? 2,
      (row) => margin(row.margin),
    ),
    ...(hasVisits
      ? [
          number(
            'shut',
            '拒访 / 未遇',
            110,
            ({ coverage }) => coverage.refused + coverage.notHome,
            ({ coverage }) => `${whole(coverage.refused)} / ${whole(coverage.notHome)}`,
          ),
          number(
            'rate',
            '入户应答率',
            110,
            ({ rate }) => rate ?? -1,
            ({ rate }) => percent(rate),
          ),
        ]
      : []),
    ...(isWhole
      ? [
          number(
            'slips',
            '入户单（交回/发出）',
            158,
            ({ coverage }) => coverage.slips.answered,
            ({ coverage: { slips } }) => (slips.issued > 0 ? `${whole(slips.answered)} / ${whole(slips.issued)}` : '—'),
          ),
          {
            ...{ key: 'days', title: `最近${days.length}天`, width: 120 },
            render: (_: unknown, row: Row) => <Sparkline days={days} counts={row.perDay} />,
          },
        ]
      : []),
  ]
}

function Place({ survey, row }: { survey: string; row: Row }) {
  return (
    <>
      <Link to={`/surveys/${survey}/coverage/${row.code}`}>{row.name}</Link>
      <span className="sub">{row.subdistrictName}</span>
    </>
  )
}

function Valid({ row: { valid } }: { row: Row }) {
  const standing = standingWords(valid)
  return (
    <>
      {whole(valid)}
      {standing && <span className={`standing-tag ${standing.tone}`}>{standing.text}</span>}
    </>
  )
}

function Done({ row: { done } }: { row: Row }) {
  if (done === null) return '—'
  return (
    <>
      {percent(done)}
      <progress className="done" value={Math.min(1, done)} aria-label="完成" />
    </>
  )
}
