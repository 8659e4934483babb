import { Fragment } from 'react'
import type { Demand } from '../../shared/demand/api.ts'
import { outsideInWords } from '../../shared/demand/words.ts'
import type { Channel } from '../../shared/surveys/api.ts'
import { channelNames } from '../../shared/surveys/channel-names.ts'
import type { Title } from '../../shared/surveys/titles.ts'
import { FigureButton } from '../kit/figure.tsx'
import { countFigure, mostUnmet, shareFigure } from './figures.ts'

type Names = ReadonlyMap<string, string>

/** How many answered and by which way, and what is missed most. */
export function DemandSummary({ demand, names }: { demand: Demand; names: Names }) {
  const unmet = mostUnmet(demand)
  const { effectiveN } = demand.weighting
  return (
    <dl className="figures">
      <div>
        <dt>答卷（份）</dt>
        <dd>
          <FigureButton figure={countFigure(demand, demand.n, ['n'])} />
          {demand.n < 30 && <small>不足30份，仅供参考</small>}
        </dd>
      </div>
      {demand.channels.map(({ channel, n }, i) => (
        <div key={channel}>
          <dt>{channelNames[channel as Channel] ?? channel}（份）</dt>
          <dd>
            <FigureButton figure={countFigure(demand, n, ['channels', i, 'n'])} />
          </dd>
        </div>
      ))}
      {effectiveN !== null && (
        <div>
          <dt>有效样本量</dt>
          <dd>
            <FigureButton figure={countFigure(demand, effectiveN, ['weighting', 'effectiveN'], 'demand')} />
          </dd>
        </div>
      )}
      {unmet !== undefined && (
        <div className="twice">
          <dt>未满足率最高：{names.get(demand.services[unmet]!.service)}</dt>
          <dd>
            <FigureButton figure={shareFigure(demand, demand.services[unmet]!.unmet, ['services', unmet, 'unmet'])} />
          </dd>
        </div>
      )}
    </dl>
  )
}

/** How the weights were made and what the reader must know of the answers, as sentences. */
export function Quality({ demand, titles }: { demand: Demand; titles: Record<string, Title> }) {
  const { weighting, outside, proxies, inside, n: all } = demand
  const left = outside.flatMap((each, i) => (each.n > 0 ? [{ ...each, i }] : []))
  const count = (value: number, ...path: (string | number)[]) => (
    <FigureButton figure={countFigure(demand, value, path)} />
  )
  return (
    <div className="panel">
      <p>
        居民自愿填答，不是随机抽样。区间为95%置信区间，只反映抽样误差，不能代表没有填答的居民；相差在误差以内的服务归为同一档，不分先后。
      </p>
      {weighting.weighted ? <Weighted demand={demand} /> : <p>{weighting.reason ?? '条件不足，未加权'}。</p>}
      {weighting.merges.length > 0 && <p>人数太少的组已合并：{weighting.merges.join('；')}。</p>}
      <p>
        全部{count(all, 'n')}份答卷中，由家人或工作人员代填{count(proxies, 'proxies')}份，参加加权
        {count(inside, 'inside')}份。
        {left.length > 0 && (
          <>
            另有答卷计入总数但不参加加权：
            {left.map(({ reason, n, i }, at) => (
              <Fragment key={reason}>
                {at > 0 && '，'}
                {outsideInWords(reason, titles)}
                {count(n, 'outside', i, 'n')}份
              </Fragment>
            ))}
            。
          </>
        )}
      </p>
    </div>
  )
}

function Weighted({ demand: { weighting, ...demand } }: { demand: Demand }) {
  const whole = { ...demand, weighting }
  const passes = countFigure(whole, weighting.passes, ['weighting', 'passes'], 'demand')
  const decimal = (value: number | null, key: 'deff' | 'largest') => {
    const figure = countFigure(whole, value, ['weighting', key], 'demand')
    return value === null ? '暂无' : <FigureButton figure={{ ...figure, text: value.toFixed(2) }} />
  }
  return (
    <p>
      为使答卷的构成与社区概况一致，按{weighting.margins.join('、')}逐项加权，经
      <FigureButton figure={passes} />轮{weighting.converged ? '收敛' : '仍未收敛，结果须慎用'}；设计效应
      {decimal(weighting.deff, 'deff')}
      ，最大权重为平均值的{decimal(weighting.largest, 'largest')}倍。
    </p>
  )
}
