import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { extendClaim, type Holding, releaseClaim } from '../../shared/wishes/claims-api.ts'
import { after, type State } from '../../shared/wishes/states.ts'
import { useKeptFocus } from '../kit/kept-focus.ts'
import { dayWords } from './days.ts'
import { WishPoint } from './desk-point.tsx'
import { dueWords } from './desk-words.ts'
import { Contact } from './sponsor-contact.tsx'
import { EvidenceForm } from './sponsor-evidence.tsx'
import { WishFacts, WishPhoto, WishTags } from './sponsor-facts.tsx'
import { type Reasoned, ReasonedStep } from './sponsor-reason.tsx'

interface Props {
  district: string
  holding: Holding
  /** The address asks for this one. */
  isSought: boolean
}

/** One that is ours to do, how far it is and what can be done next. */
export function LiveHolding({ district, holding, isSought }: Props) {
  const place = useKeptFocus<HTMLLIElement>()
  const { wish } = holding
  useEffect(() => {
    if (!isSought) return
    place.current?.scrollIntoView({ block: 'start' })
    place.current?.focus({ preventScroll: true })
  }, [isSought, place])
  return (
    <li className="panel holding" ref={place} tabIndex={-1}>
      <WishTags wish={wish} />
      <WishPhoto district={district} wish={wish} />
      <h2>{wish.text}</h2>
      <WishFacts wish={wish} />
      <WishPoint district={district} wish={wish} />
      <Progress holding={holding} />
      <Steps district={district} holding={holding} />
      <Contact params={{ district, wish: wish.id }} about={`${wish.number} 号`} />
    </li>
  )
}

const way = ['认领', '交凭证', '许愿人确认'] as const
/** How many of the steps are done. */
const done: Partial<Record<State, number>> = { claimed: 1, delivered: 2, disputed: 2 }

function Progress({ holding: { wish, dueOn, extended, reason } }: { holding: Holding }) {
  const due = dueWords(dueOn)
  const isOurs = wish.state === 'claimed'
  return (
    <>
      <ol className="wish-way" aria-label="进度">
        {way.map((step, at) => {
          const isDone = at < (done[wish.state] ?? 0)
          return (
            <li key={step} className={isDone ? 'done' : undefined} aria-current={at === done[wish.state] && 'step'}>
              {step}
              {isDone && <span className="unseen">（已完成）</span>}
            </li>
          )
        })}
      </ol>
      {isOurs && (
        <p>
          <span className={due.tone === 'warn' ? 'tag warn' : 'tag'}>{due.text}</span> 请在{dayWords(dueOn)}前办好
          {extended && '（已延期一次）'}。
        </p>
      )}
      {isOurs && reason && <p className="refusal">退回请您接着办：{reason}</p>}
      {wish.state === 'delivered' && <p>凭证已经交了，正在等许愿人确认；7 天没有回音的，由社区代为确认。</p>}
      {wish.state === 'disputed' && (
        <p className="refusal">许愿人说还没有办好。社区会先了解情况，需要接着办的，会退回给您并通知您。</p>
      )}
    </>
  )
}

type Asked = 'deliver' | 'extend' | 'release'

function Steps({ district, holding }: { district: string; holding: Holding }) {
  const [asked, setAsked] = useState<Asked>()
  const { wish, extended } = holding
  const params = { district, wish: wish.id }
  const may = (step: Asked) => after(wish.state, step, 'sponsor') !== undefined
  const close = () => setAsked(undefined)
  // What was being filled in has been answered, or is no longer asked for.
  if (asked && may(asked)) {
    if (asked === 'deliver') return <EvidenceForm {...{ params, holding, close }} />
    return <ReasonedStep key={asked} {...{ params, close }} step={asked === 'extend' ? extending : releasing} />
  }
  const about = `${wish.number} 号`
  return (
    <div className="actions">
      {may('deliver') && (
        <Button type="primary" aria-label={`交办结凭证：${about}`} onClick={() => setAsked('deliver')}>
          交办结凭证
        </Button>
      )}
      {may('extend') && !extended && (
        <Button aria-label={`延期：${about}`} onClick={() => setAsked('extend')}>
          延期
        </Button>
      )}
      {may('release') && (
        <Button aria-label={`办不了，退回：${about}`} onClick={() => setAsked('release')}>
          办不了，退回
        </Button>
      )}
    </div>
  )
}

const extending: Reasoned = {
  endpoint: extendClaim,
  intro: '一个心愿只能延期一次，理由社区和许愿人会看到。',
  label: '为什么要延期',
  phrases: ['物资还在路上', '与许愿人约了新的时间'],
  button: '延期',
}
const releasing: Reasoned = {
  endpoint: releaseClaim,
  intro: '退回后别的单位可以认领，您看不到许愿人的联系方式了；理由社区会看到。',
  label: '为什么办不了',
  phrases: ['没有合适的东西', '人手安排不开', '联系不上许愿人'],
  button: '退回',
}
