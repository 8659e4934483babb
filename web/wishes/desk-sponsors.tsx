import { Button } from 'antd'
import { useState } from 'react'
import { listCommunities } from '../../shared/places/api.ts'
import { listSponsors, type SponsorListed, setSponsor } from '../../shared/wishes/claims-api.ts'
import type { Answer } from '../api/call.ts'
import { together, useAnswer } from '../api/use-answer.ts'
import { usePermitted } from '../kit/permitted.tsx'
import { Screen } from '../kit/screen-face.tsx'
import { SponsorDrawer } from './desk-sponsor-drawer.tsx'
import { SponsorsTable } from './desk-sponsors-table.tsx'

/** 共建单位: who claims wishes, with whom and how many. */
export function SponsorsPage({ district }: { district: string }) {
  const seen = together<{ sponsors: SponsorListed[]; places: Answer<typeof listCommunities> }>({
    sponsors: useAnswer(listSponsors, { district }),
    places: useAnswer(listCommunities, { district }),
  })
  return (
    <>
      <h1>共建单位</h1>
      <p className="under">单位的成员登录后，可以在心愿墙上认领。认领满上限的，办结或退回一个才能再认领。</p>
      <Screen seen={seen}>
        {({ sponsors, places }) => <Sponsors {...{ district, sponsors }} communities={places.communities} />}
      </Screen>
    </>
  )
}

interface Props {
  district: string
  sponsors: SponsorListed[]
  communities: { code: string; name: string }[]
}

function Sponsors({ district, sponsors, communities }: Props) {
  const [opened, setOpened] = useState<string>()
  const { may } = usePermitted()
  const maySet = may(setSponsor)
  const nameOf = (code: string) => communities.find((one) => one.code === code)?.name ?? code
  return (
    <>
      {maySet && (
        <div className="actions">
          <Button type="primary" onClick={() => setOpened('new')}>
            登记一家单位
          </Button>
        </div>
      )}
      {sponsors.length === 0 ? (
        <p className="panel">
          还没有共建单位。
          {maySet && '请点“登记一家单位”，填单位名称和同时在办的上限，再从“共建单位成员”里选人；登记后就能认领心愿。'}
        </p>
      ) : (
        <SponsorsTable {...{ district, sponsors, nameOf }} open={maySet ? setOpened : undefined} />
      )}
      <SponsorDrawer {...{ district, communities, sponsors, opened }} close={() => setOpened(undefined)} />
    </>
  )
}
