import { useState } from 'react'
import { Link } from 'react-router'
import { readWishPlaces } from '../../shared/wishes/api.ts'
import { type DeskWish, listWishes, moderateWish, type Rules, readRules } from '../../shared/wishes/desk-api.ts'
import type { Answer, Extras } from '../api/call.ts'
import { together, useAnswer } from '../api/use-answer.ts'
import { useKeptFocus } from '../kit/kept-focus.ts'
import { Refusal } from '../kit/refusal.tsx'
import { Screen } from '../kit/screen-face.tsx'
import { useKeys } from '../kit/use-keys.ts'
import { type Asking, QueueCard } from './desk-queue-card.tsx'
import { useWishWork } from './desk-work.ts'

type Listed = Answer<typeof listWishes>
export type Services = Answer<typeof readWishPlaces>['services']
export type Verdict = Omit<NonNullable<Extras<typeof moderateWish>['body']>, 'revision'>

const done: Record<Verdict['decision'], string> = {
  approve: '已通过，上了心愿墙',
  return: '已请许愿人修改',
  reject: '没有通过，理由已告诉许愿人',
  merge: '已并入',
}

/** 审核: what waits to be public, the oldest first. */
export function QueuePage({ district }: { district: string }) {
  const seen = together<{ listed: Listed; places: { services: Services }; rules: Rules }>({
    listed: useAnswer(listWishes, { district }, { state: 'submitted' }),
    places: useAnswer(readWishPlaces, { district }),
    rules: useAnswer(readRules, { district }),
  })
  return (
    <>
      <h1>审核心愿</h1>
      <p className="under">
        通过以后大家才看得到。标出的地方只是提醒：电话、证件号、姓名请遮去，联系方式另外加密保存，不用写在心愿里。
      </p>
      <Screen seen={seen}>
        {({ listed, places, rules }) => (
          <Queue {...{ district, listed }} services={places.services} words={rules.words} />
        )}
      </Screen>
    </>
  )
}

interface QueueProps {
  district: string
  listed: Listed
  services: Services
  /** What the district wants to be marked beside what always is. */
  words: string[]
}

function Queue({ district, listed: { wishes, counts }, services, words }: QueueProps) {
  const [active, setActive] = useState<{ id: string; at: number }>()
  const [asking, setAsking] = useState<Asking>()
  const [said, setSaid] = useState('')
  const [tried, setTried] = useState<number>()
  const { busy, refused, forget, work } = useWishWork(district)
  const place = useKeptFocus<HTMLElement>()
  const found = wishes.findIndex(({ id }) => id === active?.id)
  const at = found >= 0 ? found : Math.min(active?.at ?? 0, Math.max(0, wishes.length - 1))
  const current = wishes[at]
  const choose = (next: number) => {
    const one = wishes[next]
    if (one) setActive({ id: one.id, at: next })
  }
  const ask = (next: Asking | undefined) => {
    forget()
    setAsking(next)
  }
  const decide = async (wish: DeskWish, verdict: Verdict) => {
    setSaid('')
    setTried(wish.number)
    const answer = await work(moderateWish, { district, wish: wish.id }, { revision: wish.revision, ...verdict })
    if (answer) setSaid(`第 ${wish.number} 号${done[verdict.decision]}。`)
    if (answer) setAsking(undefined)
  }
  useKeys({
    ...{ j: () => choose(at + 1), ArrowDown: () => choose(at + 1) },
    ...{ k: () => choose(at - 1), ArrowUp: () => choose(at - 1) },
  })
  const waiting = counts.find(({ state }) => state === 'submitted')?.n ?? wishes.length
  const isAsked = asking !== undefined && asking.id === current?.id
  return (
    <section ref={place} tabIndex={-1} aria-label="等着审核的心愿" className="wish-queue">
      {wishes.length > 0 && (
        <p className="note keys">
          键盘：J 或 ↓ 下一个，K 或 ↑ 上一个，A 通过，X 遮去标出的，E 改文字，C 请修改，R 不通过，M 并入。
        </p>
      )}
      <p role="status" className="wish-said">
        {said}
        {wishes.length > 0 && `还有 ${waiting} 个等着审核。`}
      </p>
      {refused && !isAsked && <Refusal message={`第 ${tried} 号：${refused}`} />}
      {wishes.length === 0 && <Nothing />}
      <ol className="wish-cards">
        {wishes.map((wish, index) => (
          <QueueCard
            key={wish.id}
            {...{ district, wish, services, words, busy, refused, ask }}
            isCurrent={index === at}
            asking={isAsked && index === at ? asking : undefined}
            choose={() => choose(index)}
            decide={(verdict) => void decide(wish, verdict)}
          />
        ))}
      </ol>
      {waiting > wishes.length && <p className="under">先列出最早的 {wishes.length} 个，审核后接着列后面的。</p>}
    </section>
  )
}

function Nothing() {
  return (
    <p className="panel">
      没有等着审核的心愿。骑手在手机上许的愿、扫驿站二维码许的愿，都先到这里；不会用手机的，请
      <Link to="/wishes/new">代提</Link>。已经通过的，在<Link to="/wishes/progress">进展</Link>里看办到了哪一步。
    </p>
  )
}
