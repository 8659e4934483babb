import { Button } from 'antd'
import { Link, useNavigate } from 'react-router'
import { type Listed, planDeliberation } from '../../shared/deliberations/api.ts'
import { kindNames } from '../../shared/deliberations/kinds.ts'
import { usePermitted } from '../kit/permitted.tsx'
import { Scroll } from '../kit/scroll.tsx'
import { momentWords, statusWords } from './plan-words.ts'
import './deliberation-list.css'

/** Meetings and consultations, the latest first, with the next step of each. */
export function DeliberationList({ all }: { all: Listed[] }) {
  const { may } = usePermitted()
  const navigate = useNavigate()
  const mayPlan = may(planDeliberation)
  return (
    <>
      <h1>议事会</h1>
      {mayPlan && (
        <div className="actions">
          <Button type="primary" onClick={() => navigate('/deliberations/new')}>
            筹备议事会
          </Button>
        </div>
      )}
      {all.length === 0 ? (
        <Nothing mayPlan={mayPlan} />
      ) : (
        <Scroll label="全部议事会">
          <table className="plain deliberations">
            <thead>
              <tr>
                <th scope="col">名称</th>
                <th scope="col">时间</th>
                <th scope="col">状态</th>
                <th scope="col" className="number">
                  签到
                </th>
                <th scope="col" className="number">
                  意见
                </th>
                <th scope="col">接下来</th>
              </tr>
            </thead>
            <tbody>
              {all.map((one) => (
                <Row key={one.id} one={one} />
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </>
  )
}

function Row({ one }: { one: Listed }) {
  const { id, title, kind, communityName, startsAt, status, present, statements } = one
  const { path, words } = nextOf(one)
  return (
    <tr>
      <th scope="row">
        <Link to={`/deliberations/${id}`}>{title}</Link>
        <small className="note">
          {communityName} · {kindNames[kind]}
        </small>
      </th>
      <td data-label="时间">{momentWords(startsAt)}</td>
      <td data-label="状态">{statusWords(kind, status)}</td>
      <td data-label="签到" className="number">
        {present}人
      </td>
      <td data-label="意见" className="number">
        {statements}条
      </td>
      <td data-label="接下来">
        <Link to={`/deliberations/${id}/${path}`}>{words}</Link>
        {one.overdue > 0 && <span className="tag warn">{one.overdue}件过期</span>}
      </td>
    </tr>
  )
}

/** What is to be done next, and where. */
function nextOf({ kind, status, minutes, unsettled }: Listed): { path: string; words: string } {
  const isOnline = kind === 'consultation'
  if (status === 'planned') return { path: 'plan', words: '筹备、打印，到时开始' }
  if (status === 'open')
    return isOnline ? { path: 'comments', words: '看意见、写答复' } : { path: 'room', words: '进会场' }
  if (minutes !== 'published')
    return { path: 'minutes', words: minutes === 'approved' ? '公布纪要' : '改好纪要，请主持人审定' }
  return { path: 'follow-ups', words: unsettled > 0 ? `还有${unsettled}件没办完` : '都办完了' }
}

function Nothing({ mayPlan }: { mayPlan: boolean }) {
  return (
    <div className="panel">
      <p>
        {mayPlan
          ? '还没有开过议事会。请点“筹备议事会”：三分钟填好时间、地点和议程，打印海报贴出去，到时点“开始”。'
          : '还没有开过议事会。社区筹备以后，会列在这里。'}
      </p>
      {mayPlan && <p>会上居民扫码签到、举手、写意见、表决，没有智能手机的用座位卡；纪要会自动写好，只要改几个字。</p>}
    </div>
  )
}
