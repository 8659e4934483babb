import { Button, InputNumber } from 'antd'
import { useState } from 'react'
import { type AgeBand, type CommunityCoverage, setQuotas } from '../../shared/campaigns/api.ts'
import { marginOfError } from '../../shared/campaigns/rates.ts'
import { type CellSum, sumOfCells } from '../../shared/campaigns/sums.ts'
import { type Channel, channels } from '../../shared/surveys/api.ts'
import { channelNames } from '../../shared/surveys/channel-names.ts'
import { call } from '../api/call.ts'
import { Refusal } from '../kit/refusal.tsx'
import { Scroll } from '../kit/scroll.tsx'
import { useDoing } from './use-doing.ts'
import { margin, standingWords, whole } from './words.ts'

interface Props {
  params: { district: string; survey: string; community: string }
  coverage: CommunityCoverage
  bands: AgeBand[]
  deff: number | null
  mayChange: boolean
  changed(): void
}

type Wanted = Record<string, number>

const keyOf = (channel: Channel, band: string) => `${channel} ${band}`

/** Age bands by channels: valid answers and targets; the targets can be changed in place. */
export function CellTable({ params, coverage, bands, deff, mayChange, changed }: Props) {
  /** Targets as they are being typed; undefined while nobody changes any. */
  const [wanted, setWanted] = useState<Wanted>()
  const { busy, refused, run } = useDoing()
  const targetOf = (channel: Channel, band: string) => sumOfCells(coverage.cells, { channel, band }).target
  const save = async () => {
    const targets = bands.flatMap(({ code: band }) =>
      channels.flatMap((channel) => {
        const target = wanted?.[keyOf(channel, band)]
        return target === undefined || target === targetOf(channel, band) ? [] : [{ channel, band, target }]
      }),
    )
    const isDone =
      targets.length === 0 || (await run(async () => void (await call(setQuotas, params, { body: { targets } }))))
    if (!isDone) return
    setWanted(undefined)
    changed()
  }
  return (
    <section aria-label="各年龄段、各渠道">
      {refused && <Refusal message={refused} />}
      <Scroll label="各年龄段、各渠道的有效答卷和目标">
        <table className="plain cells">
          <thead>
            <tr>
              <th scope="col">年龄段</th>
              {channels.map((channel) => (
                <th key={channel} scope="col" className="number">
                  {channelNames[channel]}
                </th>
              ))}
              <th scope="col" className="number">
                合计
              </th>
              <th scope="col" className="number">
                误差（95%）
              </th>
            </tr>
          </thead>
          <tbody>
            {bands.map(({ code, title, quota }) => (
              <tr key={code}>
                <th scope="row">{title}</th>
                {channels.map((channel) => (
                  <td key={channel} className="number">
                    <Cell sum={sumOfCells(coverage.cells, { channel, band: code })} />
                    {wanted && quota && (
                      <InputNumber
                        className="target"
                        min={0}
                        max={1_000_000}
                        precision={0}
                        aria-label={`${title}${channelNames[channel]}的目标`}
                        value={wanted[keyOf(channel, code)] ?? targetOf(channel, code)}
                        onChange={(value) => setWanted({ ...wanted, [keyOf(channel, code)]: value ?? 0 })}
                      />
                    )}
                  </td>
                ))}
                <Sum sum={sumOfCells(coverage.cells, { channel: '', band: code })} deff={1} />
              </tr>
            ))}
            <tr>
              <th scope="row">合计</th>
              {channels.map((channel) => (
                <td key={channel} className="number">
                  <Cell sum={sumOfCells(coverage.cells, { channel, band: '' })} />
                </td>
              ))}
              <Sum sum={sumOfCells(coverage.cells)} deff={deff ?? 1} />
            </tr>
          </tbody>
        </table>
      </Scroll>
      <p className="note">
        每格是有效答卷 / 目标；红字是还没填满，合计里有一格没填满也是红字。
        {deff ? `合计的误差已计入加权的设计效应 ${deff.toFixed(2)}。` : ''}
        居民自愿填答，误差只反映抽样的偶然性。
      </p>
      {mayChange && (
        <div className="actions">
          {wanted ? (
            <>
              <Button type="primary" loading={busy} onClick={save}>
                保存目标
              </Button>
              <Button onClick={() => setWanted(undefined)}>不改了</Button>
            </>
          ) : (
            <Button onClick={() => setWanted({})}>修改目标</Button>
          )}
        </div>
      )}
    </section>
  )
}

function Cell({ sum: { valid, target, filled } }: { sum: CellSum }) {
  if (valid === 0 && target === 0) return '—'
  const isShort = filled < target
  return (
    <span className={isShort ? 'short' : undefined}>
      {whole(valid)}
      {target > 0 && ` / ${whole(target)}`}
    </span>
  )
}

function Sum({ sum, deff }: { sum: CellSum; deff: number }) {
  const standing = standingWords(sum.valid)
  return (
    <>
      <td className="number">
        <Cell sum={sum} />
        {standing && <span className={`standing-tag ${standing.tone}`}>{standing.text}</span>}
      </td>
      <td className="number">{margin(marginOfError(sum.valid, deff))}</td>
    </>
  )
}
