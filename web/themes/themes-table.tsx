import type { TableColumnsType } from 'antd'
import { Button, Select, Table } from 'antd'
import { useMemo, useState } from 'react'
import { dropQuotation, type Quotation } from '../../shared/themes/api.ts'
import { call, reasonOf } from '../api/call.ts'
import { FigureButton } from '../kit/figure.tsx'
import { Refusal } from '../kit/refusal.tsx'
import type { Places, ThemesSeen } from './open-answers-page.tsx'

interface Props {
  params: { district: string; survey: string }
  places: Places
  services: ReadonlyMap<string, string>
  themes: ThemesSeen
  nameOf(code: string): string
  changed(): void
}

interface Row {
  code: string
  people: number
  quotations: Quotation[]
}

/** How many people said what, in one's own part of the district or in a part of that. */
export function ThemesTable({ params, places, services, themes, nameOf, changed }: Props) {
  const [area, setArea] = useState('')
  const [refused, setRefused] = useState<string>()
  const { options, nameOfArea, isIn } = useAreas(places)
  const rows = useMemo(() => rowsOf(themes, (community) => isIn(area, community)), [themes, area, isIn])
  const inputs = [`open-answers:${params.district}/${params.survey}@r${themes.dictionary.revision}`]

  async function drop(quotation: string): Promise<void> {
    try {
      await call(dropQuotation, { ...params, quotation })
      setRefused(undefined)
    } catch (error) {
      setRefused(reasonOf(error).message)
    }
    changed()
  }

  const columns: TableColumnsType<Row> = [
    {
      title: '主题',
      key: 'name',
      rowScope: 'row',
      width: '32%',
      sorter: (a, b) => nameOf(a.code).localeCompare(nameOf(b.code), 'zh-CN'),
      render: (_, { code }) => {
        const service = themes.dictionary.codes.find((each) => each.code === code)?.service
        return (
          <>
            {nameOf(code)}
            {service && <span className="sub">服务：{services.get(service) ?? service}</span>}
          </>
        )
      },
    },
    {
      title: '人数',
      key: 'people',
      width: 84,
      align: 'right',
      sorter: (a, b) => a.people - b.people,
      render: (_, { code, people }) => (
        <FigureButton
          figure={{
            value: people,
            text: people.toLocaleString('zh-CN'),
            about: nameOfArea(area),
            source: { of: 'themes', path: [code, nameOfArea(area)], inputs },
          }}
        />
      ),
    },
    {
      title: '选定的原话',
      key: 'quotations',
      render: (_, { quotations }) =>
        quotations.map(({ id, text, public: isPublic }) => (
          <blockquote key={id} className="quoted">
            “{text}” <span className={isPublic ? 'tag' : 'tag quiet'}>{isPublic ? '可公开' : '内部'}</span>
            <Button
              type="link"
              size="small"
              aria-label={`去掉原话：${text.slice(0, 20)}`}
              onClick={() => void drop(id)}
            >
              去掉
            </Button>
          </blockquote>
        )),
    },
  ]
  return (
    <>
      <section className="filters" aria-label="主题的范围">
        <label htmlFor="themes-area">
          范围
          <Select
            id="themes-area"
            value={area}
            options={options}
            showSearch={{ optionFilterProp: 'label' }}
            onChange={setArea}
          />
        </label>
      </section>
      <p className="under">
        人数是经人确认、写到这个主题的居民数，一人写到几个主题各计一次，没有加权，不能当作全体居民的比例。
      </p>
      {refused && <Refusal message={refused} />}
      <Table<Row>
        className="themes-table"
        columns={columns}
        dataSource={rows}
        rowKey="code"
        size="small"
        bordered
        tableLayout="fixed"
        pagination={false}
        showSorterTooltip={false}
        locale={{ emptyText: <p>还没有确认过的意见。请在上面的列表里确认几条，这里就会有人数。</p> }}
      />
    </>
  )
}

function rowsOf({ counts, quotations, dictionary }: ThemesSeen, isIn: (community: string) => boolean): Row[] {
  const people = new Map<string, number>()
  for (const count of counts)
    if (isIn(count.community)) people.set(count.code, (people.get(count.code) ?? 0) + count.people)
  return dictionary.codes
    .map(({ code }) => ({
      code,
      people: people.get(code) ?? 0,
      quotations: quotations.filter((each) => each.code === code && isIn(each.community)),
    }))
    .filter((row) => row.people > 0)
    .sort((a, b) => b.people - a.people)
}

/** One's own part of the district, its subdistricts and its communities. */
function useAreas({ subdistricts, communities }: Places) {
  return useMemo(() => {
    const above = new Map(communities.map(({ code, subdistrict }) => [code, subdistrict]))
    const all = '我负责的全部社区'
    const options = [
      { value: '', label: all },
      ...(communities.length > 1 ? subdistricts.map(({ code, name }) => ({ value: `s:${code}`, label: name })) : []),
      ...communities.map(({ code, name }) => ({ value: `c:${code}`, label: name })),
    ]
    return {
      options,
      nameOfArea: (area: string) => options.find(({ value }) => value === area)?.label ?? all,
      isIn: (area: string, community: string) =>
        area === '' || area === `c:${community}` || area === `s:${above.get(community)}`,
    }
  }, [subdistricts, communities])
}
