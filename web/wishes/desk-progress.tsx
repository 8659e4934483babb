import { Button } from 'antd'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { type DeskWish, type listWishes, moderateWish } from '../../shared/wishes/desk-api.ts'
import { type State, stateNames, states } from '../../shared/wishes/states.ts'
import type { Answer } from '../api/call.ts'
import { useKeptFocus } from '../kit/kept-focus.ts'
import { usePermitted } from '../kit/permitted.tsx'
import { Screen } from '../kit/screen-face.tsx'
import { Waiting } from '../kit/waiting.tsx'
import { useListed } from './desk-pages.ts'
import { ProgressTable } from './desk-progress-table.tsx'
import { WishDrawer } from './desk-wish-drawer.tsx'

/** What is listed: one state, those let go or run out, or everything. */
type View = State | 'fallback' | 'all'

const isView = (word: string | null): word is View =>
  word === 'fallback' || word === 'all' || (states as readonly string[]).includes(word ?? '')

const queryOf = (view: View): Record<string, string> => {
  if (view === 'all') return {}
  return view === 'fallback' ? { fallback: 'true' } : { state: view }
}

/** 进展: how far every wish is. `?view=` says which are listed, `?wish=` which one is open. */
export function ProgressPage({ district }: { district: string }) {
  const [search, setSearch] = useSearchParams()
  const asked = search.get('view')
  const view = isView(asked) ? asked : 'all'
  const seen = useListed(district, queryOf(view))
  const [said, say] = useState('')
  const place = useKeptFocus<HTMLDivElement>()
  const open = (wish: string | undefined) => setSearch({ view, ...(wish && { wish }) }, { replace: true })
  return (
    <>
      <h1>心愿办到哪一步</h1>
      <Screen seen={seen}>
        {({ wishes, counts, more, isReading, areEarlier }) => (
          <div ref={place} tabIndex={-1} className="wish-place">
            <Views counts={counts} view={view} choose={(next) => setSearch({ view: next }, { replace: true })} />
            <p role="status" className="wish-said">
              {said}
            </p>
            {areEarlier ? <Waiting /> : <Listed {...{ wishes, view, open }} />}
            {more && !areEarlier && (
              <div className="actions">
                <Button onClick={more} loading={isReading}>
                  再看后面的
                </Button>
              </div>
            )}
            <WishDrawer
              {...{ district, say }}
              wish={wishes.find(({ id }) => id === search.get('wish'))}
              close={() => open(undefined)}
            />
          </div>
        )}
      </Screen>
    </>
  )
}

function Listed({ wishes, view, open }: { wishes: DeskWish[]; view: View; open(id: string): void }) {
  return wishes.length === 0 ? <Nothing view={view} /> : <ProgressTable wishes={wishes} open={open} />
}

interface ViewsProps {
  counts: Answer<typeof listWishes>['counts']
  view: View
  choose(view: View): void
}

function Views({ counts, view, choose }: ViewsProps) {
  const numberOf = (state: State) => counts.find((one) => one.state === state)?.n ?? 0
  const all = counts.reduce((sum, { n }) => sum + n, 0)
  const button = (each: View, words: string, calls = false) => (
    <button
      key={each}
      type="button"
      aria-pressed={view === each}
      className={calls ? 'calls' : undefined}
      onClick={() => choose(each)}
    >
      {words}
    </button>
  )
  return (
    <fieldset className="wish-views">
      <legend className="unseen">只看</legend>
      {button('all', `全部 ${all}`)}
      {button('fallback', '退回或到期未办')}
      {states.map((state) =>
        button(state, `${stateNames[state]} ${numberOf(state)}`, state === 'disputed' && numberOf(state) > 0),
      )}
    </fieldset>
  )
}

function Nothing({ view }: { view: View }) {
  const { may } = usePermitted()
  if (view === 'fallback')
    return (
      <p className="panel">没有退回或到期未办的心愿。认领后退回的、到期没有办的，会列在这里，请再找一家单位来办。</p>
    )
  if (view !== 'all') return <p className="panel">没有“{stateNames[view]}”的心愿，请点上面别的状态。</p>
  return (
    <p className="panel">
      还没有人许过心愿。
      {may(moderateWish) && (
        <>
          请在<Link to="/wishes/stations">驿站与规则</Link>里打印驿站海报贴出去，骑手扫码就能许愿；也可以
          <Link to="/wishes/new">代提</Link>一个。
        </>
      )}
    </p>
  )
}
