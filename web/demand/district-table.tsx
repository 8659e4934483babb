import { Button, Input, Select, Table } from 'antd'
import { useDeferredValue, useMemo } from 'react'
import type { Demand } from '../../shared/demand/api.ts'
import type { Community, Subdistrict } from '../../shared/places/api.ts'
import { useKept } from '../kit/kept.ts'
import { type Sorting, sortingOf } from '../kit/sorting.ts'
import type { Changes } from './changes.ts'
import { columnsOf } from './district-columns.tsx'
import { type Narrowing, narrowed, type Row, rowsOf, type Targets } from './district-rows.ts'

interface Props {
  district: string
  places: { subdistricts: Subdistrict[]; communities: Community[] }
  demands: Demand[]
  services: ReadonlyMap<string, string>
  targets: Targets
  /** What differs from the round before, where there was one. */
  changes?: Changes
}

type View = Narrowing & Sorting

const FIRST_SCREEN = 20

const plain: View = {
  name: '',
  subdistrict: '',
  kind: '',
  pilot: '',
  changed: '',
  service: '',
  by: 'name',
  order: 'ascend',
}

/** All communities of a district beside one another; how it was sorted and narrowed last is remembered. */
export function DistrictTable({ district, places, demands, services, targets, changes }: Props) {
  const [view, setView] = useKept<View>(`table.${district}`, plain)
  const late = useDeferredValue(view)
  const rows = useMemo(() => rowsOf(places, demands, targets), [places, demands, targets])
  const found = useMemo(() => narrowed(rows, late, changes), [rows, late, changes])
  // The first screenful stands before the rest is drawn below it.
  const shown = useDeferredValue(
    found,
    useMemo(() => found.slice(0, FIRST_SCREEN), [found]),
  )
  const service = services.has(late.service) ? late.service : ''
  const wished = useMemo(() => rows.some(({ demand }) => demand.wishes), [rows])
  const columns = useMemo(() => columnsOf(services, service, late, wished), [services, service, late, wished])
  const change = (part: Partial<View>) => setView({ ...view, ...part })
  return (
    <>
      <Filters {...{ view, change, rows, places, services, changes }} found={found.length} />
      <Table<Row>
        className="district-table"
        columns={columns}
        dataSource={shown}
        rowKey="code"
        size="small"
        bordered
        pagination={false}
        sticky
        tableLayout="fixed"
        scroll={{ x: service && wished ? 1130 : service ? 1000 : 1100 }}
        showSorterTooltip={false}
        onChange={(_, __, sorter) => change(sortingOf(sorter, plain))}
        locale={{ emptyText: <Nothing all={rows.length} clear={() => setView({ ...plain, service: view.service })} /> }}
      />
    </>
  )
}

interface FilterProps {
  view: View
  change(part: Partial<View>): void
  rows: Row[]
  places: Props['places']
  services: Props['services']
  changes?: Changes
  found: number
}

function Filters({ view, change, rows, places, services, changes, found }: FilterProps) {
  const options = (all: string, entries: Iterable<[string, string]>) => [
    { value: '', label: all },
    ...[...entries].map(([value, label]) => ({ value, label })),
  ]
  const kinds = [...new Set(rows.map(({ kind }) => kind))].sort((a, b) => a.localeCompare(b, 'zh-CN'))
  const choices = {
    subdistrict: options(
      '全部街道',
      places.subdistricts.map(({ code, name }) => [code, name]),
    ),
    kind: options(
      '全部类型',
      kinds.map((kind) => [kind, kind]),
    ),
    pilot: options('全部社区', [
      ['yes', '只看试点'],
      ['no', '只看非试点'],
    ]),
    changed: options('全部社区', [['yes', '只看与上一轮不同的']]),
    service: options('全部服务', services),
  }
  const picker = (key: keyof typeof choices, label: string) => (
    <label htmlFor={`filter-${key}`}>
      {label}
      <Select
        id={`filter-${key}`}
        value={choices[key].some(({ value }) => value === view[key]) ? view[key] : ''}
        options={choices[key]}
        onChange={(value) => change({ [key]: value })}
      />
    </label>
  )
  return (
    <section className="filters" aria-label="筛选">
      <label htmlFor="filter-name">
        社区名称
        <Input
          id="filter-name"
          value={view.name}
          allowClear
          placeholder="名称或代码"
          onChange={({ target }) => change({ name: target.value })}
        />
      </label>
      {picker('subdistrict', '街道')}
      {picker('kind', '类型')}
      {picker('pilot', '是否试点')}
      {picker('service', '按哪项服务看')}
      {changes && picker('changed', `与第${changes.before}轮相比`)}
      <p className="found" role="status">
        共{found}个社区
      </p>
    </section>
  )
}

function Nothing({ all, clear }: { all: number; clear(): void }) {
  if (all === 0) return <p>还没有社区。请先按“街道、社区”的顺序导入，导入模板可以从接口下载（见首页“接口说明”）。</p>
  return (
    <p>
      没有符合条件的社区。
      <Button type="link" onClick={clear}>
        清除筛选条件
      </Button>
    </p>
  )
}
