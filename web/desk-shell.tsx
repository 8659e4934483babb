import { lazy, Suspense, useEffect, useMemo } from 'react'
import { Link, Navigate, NavLink, Route, Routes } from 'react-router'
import { listDeliberations } from '../shared/deliberations/api.ts'
import { readDemandTable } from '../shared/demand/api.ts'
import type { Endpoint } from '../shared/endpoint.ts'
import type { Me } from '../shared/people/api.ts'
import { mayMake } from '../shared/people/permissions.ts'
import { type District, listCommunities, listDistricts, readCatalogue } from '../shared/places/api.ts'
import { listLinks, listSurveys } from '../shared/surveys/api.ts'
import { readHoldings } from '../shared/wishes/claims-api.ts'
import { readWishCounts } from '../shared/wishes/desk-api.ts'
import { useAnswer } from './api/use-answer.ts'
import { peoplePages } from './desk-people.tsx'
import { lazilyAhead } from './kit/lazily-ahead.tsx'
import { type Permitted, PermittedHere, usePermitted } from './kit/permitted.tsx'
import { Screen } from './kit/screen-face.tsx'
import { Waiting } from './kit/waiting.tsx'
import { SessionBar } from './people/session-bar.tsx'
import { DistrictPicker, usePickedDistrict } from './places/district-picker.tsx'

export const DistrictPage = lazilyAhead(() => import('./desk-district.tsx'))
export const HelpPage = lazy(() => import('./help/desk-help.tsx'))
const CommunityPage = lazy(() => import('./desk-community.tsx'))
const BriefPage = lazy(() => import('./desk-brief.tsx'))
const PostersPage = lazy(() => import('./desk-posters.tsx'))
const SurveysPage = lazy(() => import('./desk-surveys.tsx'))
const DeliberationsPage = lazy(() => import('./desk-deliberations.tsx'))
const WishesPage = lazy(() => import('./desk-wishes.tsx'))
const SponsorBoard = lazy(() => import('./wishes/sponsor-board.tsx'))
const SponsorHoldings = lazy(() => import('./wishes/sponsor-holdings.tsx'))

interface Way {
  path: string
  title: string
  /** What the page asks for first. */
  asks: Endpoint[]
}

const table: Way = { path: '', title: '各社区需求总表', asks: [readDemandTable, listCommunities, readCatalogue] }
const surveys: Way = { path: 'surveys', title: '问卷', asks: [listSurveys] }
const deliberations: Way = { path: 'deliberations', title: '议事会', asks: [listDeliberations] }
const wishes: Way = { path: 'wishes', title: '微心愿', asks: [readWishCounts] }
/** For members of organisations that claim wishes. */
const board: Way = { path: 'board', title: '心愿墙', asks: [readHoldings] }
const holdings: Way = { path: 'holdings', title: '本单位认领的', asks: [readHoldings] }
const posters: Way = { path: 'posters', title: '海报与桌牌', asks: [readDemandTable, listLinks, listCommunities] }
const help: Way = { path: 'help', title: '帮助', asks: [] }
const own: Way[] = [
  { path: 'inbox', title: '我的消息', asks: [] },
  { path: 'account', title: '我的账号', asks: [] },
]

/** The ways that lead somewhere for whoever is here. */
function waysFor(me: Me | undefined, { may }: Permitted): Way[] {
  const ofPeople = me ? peoplePages.flatMap(({ title, ...way }) => (title ? [{ ...way, title }] : [])) : []
  const ofSponsors = me ? [board, holdings] : []
  return [table, surveys, deliberations, wishes, ...ofSponsors, posters, ...ofPeople, help].filter(({ asks }) =>
    asks.every(may),
  )
}

/** Without an administrator this machine reads everything and changes nothing; afterwards the roles of a person count. */
function permittedTo(me: Me | undefined): Permitted {
  if (!me) return { may: ({ method }) => method === 'GET' }
  const seesAll = me.grants.some(({ level }) => level === 'district')
  const beyond =
    '没有找到，或者不在您负责的范围内。您的账号只能看到自己负责的街道或社区；确实要看这里的，请找给您开通账号的人。'
  return { may: (call) => mayMake(call, me.grants), ...(seesAll ? {} : { beyond }) }
}

/** The desk as somebody has it: their district, the ways that are open to them, and the page. */
export function Shell({ me }: { me?: Me }) {
  const districts = useAnswer(listDistricts, undefined)
  const all = districts.face === 'ready' ? districts.data : []
  const [picked, pick] = usePickedDistrict(all)
  const district = me ? all.find(({ code }) => code === me.district) : picked
  const permitted = useMemo(() => permittedTo(me), [me])
  // The next visit asks for the table of this district before anybody has said who it is.
  useEffect(() => {
    if (me && district && picked !== district) pick(district.code)
  }, [me, district, picked, pick])
  return (
    <PermittedHere value={permitted}>
      <header className="bar">
        <div>
          <a className="name" href="/">
            以需
          </a>
          <nav aria-label="主导航">
            {waysFor(me, permitted).map(({ path, title }) => (
              <NavLink key={path} to={`/${path}`} end={path === ''}>
                {title}
              </NavLink>
            ))}
          </nav>
          <span className="place">
            {district && <DistrictPicker districts={me ? [district] : all} picked={district} pick={pick} />}
          </span>
          {me && <SessionBar me={me} />}
        </div>
      </header>
      <main>
        <Screen seen={districts}>{() => (district ? <Pages district={district} me={me} /> : <NoDistrict />)}</Screen>
      </main>
    </PermittedHere>
  )
}

function Pages({ district, me }: { district: District; me?: Me }) {
  const permitted = usePermitted()
  const seesTable = table.asks.every(permitted.may)
  return (
    <>
      {!me && <NoAdministratorYet />}
      {district.demo && <p className="mark">演示数据：除公开报道的四个案例外，地名与数字均为虚构，不作为决策依据</p>}
      <Suspense fallback={<Waiting />}>
        <Routes>
          <Route
            index
            element={seesTable ? <DistrictPage district={district} /> : <Ways me={me} district={district.code} />}
          />
          <Route path="communities/:code" element={<CommunityPage district={district} />} />
          <Route path="sites/:site/briefs/:edition" element={<BriefPage district={district} />} />
          <Route path="surveys/*" element={<SurveysPage district={district} />} />
          <Route path="deliberations/*" element={<DeliberationsPage district={district} />} />
          <Route path="wishes/*" element={<WishesPage district={district} />} />
          <Route path="board" element={<SponsorBoard district={district} />} />
          <Route path="holdings" element={<SponsorHoldings district={district} />} />
          <Route path="posters" element={<PostersPage district={district} />} />
          <Route path="help" element={<HelpPage claims={!seesTable && waysFor(me, permitted).includes(board)} />} />
          {me &&
            peoplePages.map(({ path, Page }) => (
              <Route key={path} path={path} element={<Page district={district} me={me} />} />
            ))}
          {['first-run', 'sign-in', 'phone'].map((path) => (
            <Route key={path} path={path} element={<Navigate replace to="/" />} />
          ))}
          <Route path="*" element={<NoPage />} />
        </Routes>
      </Suspense>
    </>
  )
}

function NoAdministratorYet() {
  return (
    <p className="panel calm">
      还没有设立管理员：现在只有这台电脑能查看数据，也不能编制方案。设立后，大家各用自己的账号登录。
      <Link to="/first-run">设立第一位管理员</Link>，已有账号的<Link to="/sign-in">请登录</Link>。
    </p>
  )
}

/** The first page of those who have no part in the table. */
function Ways({ me, district }: { me?: Me; district: string }) {
  const ways = [...waysFor(me, usePermitted()), ...own]
  if (ways[0] === board) return <Navigate replace to="/board" />
  return (
    <>
      <h1>{me?.name ? `${me.name}，您好` : '您好'}</h1>
      <p>{me?.grants.length ? '您的角色不看各社区需求总表。您可以打开：' : '您可以打开：'}</p>
      <ul>
        <li>
          <a href={`/w/${district}/own`}>我的心愿</a>，也可以在那里许个心愿
        </li>
        {ways.map(({ path, title }) => (
          <li key={path}>
            <Link to={`/${path}`}>{title}</Link>
          </li>
        ))}
      </ul>
    </>
  )
}

function NoPage() {
  return (
    <>
      <h1>没有这个页面</h1>
      <p>
        地址可能抄错了。请回到<Link to="/">首页</Link>。
      </p>
    </>
  )
}

function NoDistrict() {
  return (
    <>
      <h1>还没有区县</h1>
      <p>
        想先看看演示，请把设置 <code>SEED</code> 改为 <code>demo</code> 后重新启动；要建立自己的区县，请看 README
        中“建立一个区县”。
      </p>
    </>
  )
}
