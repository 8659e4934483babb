import type { VersionListed } from '../../shared/surveys/versions-api.ts'
import { Scroll } from '../kit/scroll.tsx'
import { chinaMoment } from './survey-words.ts'

/** Every version of a survey with its round, the newest first. */
export function VersionsTable({ versions }: { versions: VersionListed[] }) {
  return (
    <Scroll label="轮次与版本">
      <table className="plain">
        <caption className="unseen">轮次与版本，最近发布的在前</caption>
        <thead>
          <tr>
            <th scope="col">版本</th>
            <th scope="col">轮次</th>
            <th scope="col">发布时间</th>
            <th scope="col">发布人</th>
            <th scope="col" className="number">
              这一版的答卷
            </th>
            <th scope="col">一并计入</th>
          </tr>
        </thead>
        <tbody>
          {[...versions].reverse().map(({ version, round, publishedAt, publishedBy, n, carried }) => (
            <tr key={version}>
              <th scope="row">第{version}版</th>
              <td>第{round}轮</td>
              <td>{chinaMoment(publishedAt)}</td>
              <td>{publishedBy ?? '没有记录'}</td>
              <td className="number">{n.toLocaleString('zh-CN')}</td>
              <td>{carried.length > 0 ? `第${[...carried].reverse().join('、')}版的答卷` : '只有这一版的答卷'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}
