import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useMemo, useState } from 'react'
import { listPeople, type Me } from '../../shared/people/api.ts'
import { type AuditFilter, searchAuditCall } from '../../shared/people/audit-api.ts'
import { type District, listCommunities } from '../../shared/places/api.ts'
import { call, reasonOf } from '../api/call.ts'
import { readDescription } from '../api/description.ts'
import { type Seen, useAnswer } from '../api/use-answer.ts'
import { Refusal } from '../kit/refusal.tsx'
import { Waiting } from '../kit/waiting.tsx'
import { AuditExport, given } from './audit-export.tsx'
import { AuditFilters } from './audit-filter.tsx'
import { AuditList, type Names } from './audit-list.tsx'
import { actionNames, verbNames } from './audit-words.ts'
import { groundOf, type Places } from './people-tree-nodes.ts'
import './audit.css'
import './people.css'

/** The record of who did what, for the auditor: searched, read and taken home, never changed. */
export default function AuditPage({ district }: { district: District; me: Me }) {
  const [filter, setFilter] = useState<AuditFilter>({})
  const names = useNames(district)
  const queries = useQueryClient()
  const found = useFound(district.code, filter)
  const readAnew = () => void queries.invalidateQueries({ queryKey: ['audit', district.code] })
  return (
    <>
      <h1>审计</h1>
      <p className="under">
        谁在什么时候对什么做了什么，新的在前。记录只能查看和导出，谁也不能修改；导出本身也会记下来。时间为北京时间。
      </p>
      <AuditFilters
        filter={filter}
        people={names.people}
        actions={names.actions}
        change={(part) => setFilter({ ...filter, ...part })}
      />
      <div className="actions">
        <Button onClick={readAnew}>刷新</Button>
        {Object.keys(given(filter)).length > 0 && <Button onClick={() => setFilter({})}>清空查找条件</Button>}
      </div>
      <AuditExport district={district.code} filter={filter} done={readAnew} />
      <Found found={found} names={names} />
    </>
  )
}

function useFound(district: string, filter: AuditFilter) {
  return useInfiniteQuery({
    queryKey: ['audit', district, given(filter)],
    initialPageParam: '',
    queryFn: ({ pageParam: cursor, signal }) =>
      call(searchAuditCall, { district }, { query: { ...given(filter), ...(cursor ? { cursor } : {}) }, signal }),
    getNextPageParam: ({ next }) => next ?? undefined,
  })
}

/** Until the names have come, and where they may not be read, what the audit itself says stands there. */
function useNames(district: District): Names {
  const params = { district: district.code }
  const people = dataOf(useAnswer(listPeople, params))
  const places = dataOf(useAnswer(listCommunities, params)) ?? noPlaces
  const { data: described } = useQuery({
    queryKey: ['description'],
    queryFn: readDescription,
    staleTime: Number.POSITIVE_INFINITY,
  })
  return useMemo(
    () => ({
      people: new Map(people?.map(({ id, name, username }) => [id, `${name}（${username}）`])),
      actions: described ? actionNames(described) : new Map(Object.entries(verbNames)),
      nameOf: groundOf([], district, places).nameOf,
    }),
    [people, described, district, places],
  )
}

const noPlaces: Places = { subdistricts: [], communities: [] }

function dataOf<T>(seen: Seen<T>): T | undefined {
  return seen.face === 'ready' ? seen.data : undefined
}

function Found({ found, names }: { found: ReturnType<typeof useFound>; names: Names }) {
  if (found.isPending) return <Waiting />
  if (found.isError) return <Refusal message={reasonOf(found.error).message} />
  const entries = found.data.pages.flatMap((page) => page.entries)
  if (entries.length === 0) return <p>没有符合条件的记录。请换一个条件，或清空查找条件。</p>
  return (
    <>
      <AuditList entries={entries} names={names} />
      <div className="actions">
        {found.hasNextPage && (
          <Button loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            再往前看
          </Button>
        )}
        <span role="status">
          已列出{entries.length}条{!found.hasNextPage && '，再往前没有了'}
        </span>
      </div>
    </>
  )
}
