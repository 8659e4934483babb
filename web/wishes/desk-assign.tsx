import { Select } from 'antd'
import { useId, useState } from 'react'
import { Link } from 'react-router'
import { listSponsors, type SponsorListed } from '../../shared/wishes/claims-api.ts'
import type { DeskWish } from '../../shared/wishes/desk-api.ts'
import { useAnswer } from '../api/use-answer.ts'
import { Refusal } from '../kit/refusal.tsx'
import { Screen } from '../kit/screen-face.tsx'
import { ReasonForm } from './desk-reason.tsx'

interface Props {
  district: string
  wish: DeskWish
  busy: boolean
  refused?: string
  assign(sponsor: string, name: string, reason: string): void
  cancel(): void
}

/** Chooses who is to fulfil a wish, also one that another organisation holds. */
export function AssignForm({ district, ...rest }: Props) {
  const seen = useAnswer(listSponsors, { district })
  return (
    <Screen seen={seen}>
      {(sponsors) => <Choice {...rest} sponsors={sponsors.filter((one) => fits(one, rest.wish))} />}
    </Screen>
  )
}

const fits = ({ active, id }: SponsorListed, { claim }: DeskWish) => active && id !== claim?.sponsor

const wordsOf = ({ name, open, limit, fallbackFor }: SponsorListed, community: string): string =>
  `${name}（在办 ${open}，上限 ${limit}${fallbackFor === community ? '，本社区兜底单位' : ''}）`

function Choice({
  wish,
  sponsors,
  busy,
  refused,
  assign,
  cancel,
}: Omit<Props, 'district'> & { sponsors: SponsorListed[] }) {
  const own = (one: SponsorListed) => one.fallbackFor === wish.community
  const [chosen, choose] = useState(sponsors.find(own)?.id)
  const [isMissing, setMissing] = useState(false)
  const field = useId()
  if (sponsors.length === 0) {
    return (
      <div className="wish-asks">
        <p>
          没有可以交给的单位，请先到<Link to="/wishes/sponsors">共建单位</Link>里登记一家。
        </p>
        <button type="button" className="small" onClick={cancel}>
          知道了
        </button>
      </div>
    )
  }
  const sorted = [...sponsors].sort((a, b) => Number(own(b)) - Number(own(a)))
  const name = sponsors.find(({ id }) => id === chosen)?.name
  return (
    <ReasonForm
      label="为什么交给这家单位（单位会看到）"
      phrases={
        wish.claim
          ? ['原单位办不了', '原单位到期没有办', '许愿人要换一家单位']
          : ['一直没有单位认领', '这家单位有条件办', '与单位已经说好']
      }
      button={wish.claim ? '改由这家接手' : '交给这家单位'}
      {...{ busy, refused, cancel }}
      send={(reason) => (chosen && name ? assign(chosen, name, reason) : setMissing(true))}
    >
      <div className="labelled">
        <label htmlFor={field}>交给哪一家单位</label>
        <Select
          id={field}
          autoFocus
          showSearch={{ optionFilterProp: 'label' }}
          placeholder="选一家单位"
          value={chosen}
          options={sorted.map((one) => ({ value: one.id, label: wordsOf(one, wish.community) }))}
          onChange={(id: string) => {
            choose(id)
            setMissing(false)
          }}
        />
      </div>
      {wish.claim && <p className="under">{wish.claim.sponsorName}就不再办了，也不再看得到联系方式。</p>}
      {isMissing && <Refusal message="请先选一家单位。" />}
    </ReasonForm>
  )
}
