import { Button, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { type Coverage, distributeQuotas } from '../../shared/campaigns/api.ts'
import { sumOfCells } from '../../shared/campaigns/sums.ts'
import { type Channel, channels } from '../../shared/surveys/api.ts'
import { channelNames } from '../../shared/surveys/channel-names.ts'
import { call } from '../api/call.ts'
import { usePermitted } from '../kit/permitted.tsx'
import { Refusal } from '../kit/refusal.tsx'
import { Scroll } from '../kit/scroll.tsx'
import type { Places } from './coverage-rows.ts'
import { useDoing } from './use-doing.ts'
import { whole } from './words.ts'
import './campaigns.css'

interface Props {
  params: { district: string; survey: string }
  board: Coverage
  places: Places
  changed(): void
}

/** The targets of all communities by channel, and how a district's total is divided over them. */
export function Quotas({ params, board, places, changed }: Props) {
  const { may } = usePermitted()
  const cells = board.communities.flatMap((one) => one.cells)
  const total = sumOfCells(cells).target
  const names = new Map(places.communities.map(({ code, name }) => [code, name]))
  return (
    <>
      {may(distributeQuotas) && <Distribution params={params} changed={changed} />}
      {total === 0 ? (
        <p className="note">还没有设目标。先在上面把全区总数分到各社区，再到“进度”里点开社区逐格调整。</p>
      ) : (
        <Scroll label="各社区的样本目标">
          <table className="plain">
            <thead>
              <tr>
                <th scope="col">社区</th>
                {channels.map((channel) => (
                  <th key={channel} scope="col" className="number">
                    {channelNames[channel]}
                  </th>
                ))}
                <th scope="col" className="number">
                  合计
                </th>
              </tr>
            </thead>
            <tbody>
              {board.communities.map(({ community, cells: own }) => (
                <Line
                  key={community}
                  name={names.get(community) ?? community}
                  cells={own}
                  to={`/surveys/${params.survey}/coverage/${community}`}
                />
              ))}
              <Line name="合计" cells={cells} />
            </tbody>
          </table>
        </Scroll>
      )}
    </>
  )
}

function Line({ name, cells, to }: { name: string; cells: Coverage['communities'][number]['cells']; to?: string }) {
  const sums = [...channels, ''].map((channel) => sumOfCells(cells, { channel, band: '' }).target)
  return (
    <tr>
      <th scope="row">{to ? <Link to={to}>{name}</Link> : name}</th>
      {sums.map((target, at) => (
        <td key={channels[at] ?? 'all'} className="number">
          {target > 0 ? whole(target) : '—'}
        </td>
      ))}
    </tr>
  )
}

function Distribution({ params, changed }: Pick<Props, 'params' | 'changed'>) {
  const { busy, refused, run } = useDoing()
  const [wish, setWish] = useState<{ channel: Channel; total: number; minimum: number }>({
    channel: 'online',
    total: 10_000,
    minimum: 60,
  })
  const [said, setSaid] = useState('')
  const change = (part: Partial<typeof wish>) => setWish({ ...wish, ...part })
  const distribute = async () => {
    setSaid('')
    const isDone = await run(async () => void (await call(distributeQuotas, params, { body: wish })))
    if (!isDone) return
    setSaid(`已把${channelNames[wish.channel]} ${whole(wish.total)} 份分到各社区和年龄段。`)
    changed()
  }
  return (
    <section aria-label="分配全区总数" className="panel quotas">
      <p className="under">
        按各社区的人口和年龄段分配，合计正好等于总数；每个社区不少于最低份数，已经收到的不减。重新分配会替换这个渠道原来的目标。
      </p>
      {refused && <Refusal message={refused} />}
      <div className="one-tap">
        <label htmlFor="quota-channel">
          渠道
          <Select
            id="quota-channel"
            size="large"
            value={wish.channel}
            options={channels.map((value) => ({ value, label: channelNames[value] }))}
            onChange={(channel) => change({ channel })}
          />
        </label>
        <label htmlFor="quota-total">
          全区总数
          <InputNumber
            id="quota-total"
            size="large"
            formatter={(value) => whole(Number(value ?? 0))}
            parser={(text) => Number(text?.replace(/\D/g, '') ?? 0)}
            min={1}
            max={10_000_000}
            precision={0}
            value={wish.total}
            onChange={(total) => change({ total: total ?? 1 })}
          />
        </label>
        <label htmlFor="quota-minimum">
          每个社区最低
          <InputNumber
            id="quota-minimum"
            size="large"
            min={0}
            max={100_000}
            precision={0}
            value={wish.minimum}
            onChange={(minimum) => change({ minimum: minimum ?? 0 })}
          />
        </label>
        <Button type="primary" size="large" loading={busy} onClick={distribute}>
          分配
        </Button>
        <span role="status">{said}</span>
      </div>
    </section>
  )
}
