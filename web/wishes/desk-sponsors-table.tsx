import { Button } from 'antd'
import { certificate, type SponsorListed } from '../../shared/wishes/claims-api.ts'
import { useAct } from '../api/use-act.ts'
import { fetched } from '../kit/fetched.ts'
import { usePermitted } from '../kit/permitted.tsx'
import { Refusal } from '../kit/refusal.tsx'
import { Scroll } from '../kit/scroll.tsx'

interface Props {
  district: string
  sponsors: SponsorListed[]
  nameOf(community: string): string
  /** Opens one to be changed, where that is allowed. */
  open?: (id: string) => void
}

/** Organisations beside one another. */
export function SponsorsTable({ district, sponsors, nameOf, open }: Props) {
  const { run, busy, refused } = useAct()
  const mayPrint = usePermitted().may(certificate)
  return (
    <>
      {refused && <Refusal message={refused} />}
      <Scroll label="共建单位">
        <table className="plain wish-sponsors">
          <thead>
            <tr>
              <th scope="col">单位</th>
              <th scope="col">成员</th>
              <th scope="col" className="number">
                在办／上限
              </th>
              <th scope="col" className="number">
                办结
              </th>
              <th scope="col">兜底社区</th>
              {mayPrint && <th scope="col">证书</th>}
            </tr>
          </thead>
          <tbody>
            {sponsors.map(({ id, name, active, members, open: held, limit, fulfilled, fallbackFor }) => (
              <tr key={id}>
                <th scope="row">
                  {open ? (
                    <Button type="link" className="wish-link" onClick={() => open(id)}>
                      {name}
                    </Button>
                  ) : (
                    name
                  )}
                  {!active && <span className="tag quiet">已停用</span>}
                </th>
                <td>{members.map((one) => one.name).join('、') || '还没有成员，认领不了'}</td>
                <td className="number">
                  {held}／{limit}
                </td>
                <td className="number">{fulfilled}</td>
                <td>{fallbackFor ? nameOf(fallbackFor) : '—'}</td>
                {mayPrint && (
                  <td>
                    {fulfilled > 0 ? (
                      <Button
                        size="small"
                        disabled={busy}
                        aria-label={`下载${name}的证书`}
                        onClick={() => void run(() => fetched(certificate, { district, sponsor: id }))}
                      >
                        下载（PDF）
                      </Button>
                    ) : (
                      '办结后可下载'
                    )}
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  )
}
