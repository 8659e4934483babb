import { Button } from 'antd'
import { useState } from 'react'
import { listCommunities } from '../../shared/places/api.ts'
import { listStations, printStation, type Station, setStation } from '../../shared/wishes/desk-api.ts'
import type { Answer } from '../api/call.ts'
import { useAct } from '../api/use-act.ts'
import { together, useAnswer } from '../api/use-answer.ts'
import { fetched } from '../kit/fetched.ts'
import { usePermitted } from '../kit/permitted.tsx'
import { Refusal } from '../kit/refusal.tsx'
import { Screen } from '../kit/screen-face.tsx'
import { Scroll } from '../kit/scroll.tsx'
import { RulesPart } from './desk-rules.tsx'
import { StationDrawer } from './desk-station-drawer.tsx'

/** 驿站与规则: where couriers scan a code to post, and what holds for all wishes. */
export function StationsPage({ district }: { district: string }) {
  const seen = together<{ stations: Station[]; places: Answer<typeof listCommunities> }>({
    stations: useAnswer(listStations, { district }),
    places: useAnswer(listCommunities, { district }),
  })
  return (
    <>
      <h1>驿站与规则</h1>
      <Screen seen={seen}>
        {({ stations, places }) => <Stations {...{ district, stations }} communities={places.communities} />}
      </Screen>
      <RulesPart district={district} />
    </>
  )
}

interface Props {
  district: string
  stations: Station[]
  communities: { code: string; name: string }[]
}

function Stations({ district, stations, communities }: Props) {
  const [opened, setOpened] = useState<string>()
  const { may } = usePermitted()
  const { run, busy, refused } = useAct()
  const maySet = may(setStation)
  const nameOf = (code: string) => communities.find((one) => one.code === code)?.name ?? code
  const print = (station: string) => void run(() => fetched(printStation, { district, station }))
  return (
    <section aria-label="驿站">
      <h2>驿站</h2>
      <p className="under">
        把海报贴在骑手歇脚的地方，扫码就能许愿，不用登录。海报丢了、二维码外传了，请停用后另登记一处。
      </p>
      {maySet && (
        <div className="actions">
          <Button type="primary" onClick={() => setOpened('new')}>
            登记一处驿站
          </Button>
        </div>
      )}
      {refused && <Refusal message={refused} />}
      {stations.length === 0 ? (
        <p className="panel">还没有驿站。{maySet && '请点“登记一处驿站”，再下载海报打印，贴到墙上。'}</p>
      ) : (
        <Scroll label="驿站">
          <table className="plain">
            <thead>
              <tr>
                <th scope="col">驿站</th>
                <th scope="col">社区</th>
                <th scope="col">海报</th>
              </tr>
            </thead>
            <tbody>
              {stations.map(({ id, name, community, active }) => (
                <tr key={id}>
                  <th scope="row">
                    {maySet ? (
                      <Button type="link" className="wish-link" onClick={() => setOpened(id)}>
                        {name}
                      </Button>
                    ) : (
                      name
                    )}
                  </th>
                  <td>{nameOf(community)}</td>
                  <td>
                    {active && may(printStation) ? (
                      <Button size="small" disabled={busy} aria-label={`下载${name}的海报`} onClick={() => print(id)}>
                        下载（A4 PDF）
                      </Button>
                    ) : (
                      <span className="tag quiet">{active ? '在用' : '已停用'}</span>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      <StationDrawer {...{ district, communities, stations, opened }} close={() => setOpened(undefined)} />
    </section>
  )
}
