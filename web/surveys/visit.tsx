import { type ReactNode, useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import { openLink } from '../../shared/surveys/api.ts'
import { noticeOf } from '../../shared/surveys/notice.ts'
import { readLinkCode } from '../../shared/surveys/receipt.ts'
import { Refused } from '../api/call.ts'
import { keepsThings, whenRefusing } from '../api/device-shelf.ts'
import { keptCall } from '../api/kept-call.ts'
import { useLoaded } from '../kit/lazily.tsx'
import { fetchEarly } from './definition.ts'
import {
  agreeAnew,
  begin,
  type Filling,
  fillingOf,
  forgetDevice,
  here,
  listenToFillings,
  type Place,
} from './fillings.ts'
import { FindSurvey } from './find-survey.tsx'
import { NoticePage } from './notice-page.tsx'
import { ReceiptPage } from './receipt-page.tsx'
import { ShutPage } from './shut-page.tsx'
import { WaitingPage } from './waiting-page.tsx'

/** The engine, its words and its styles arrive while the notice is being read. */
const loadForm = () => import('./form.tsx')

/** Refusals after which the poster's code leads somewhere else than before. */
const outdating = ['notice_changed', 'old_version', 'survey_paused', 'survey_not_yet_open']

type Opened = { face: 'waiting' } | { face: 'refused'; code: string; message: string } | { face: 'ready'; place: Place }

interface Props {
  code: string
  /** First results of a community, once they may be published. */
  results: (district: string, community: string) => ReactNode
}

/** Everything that happens at one poster's address. */
export function Visit({ code: typed, results }: Props) {
  const code = readLinkCode(typed)?.code
  if (!code) return <FindSurvey message="这个短码不对，请对照海报核对，或重新扫描二维码。" />
  return <KnownVisit code={code} results={results} />
}

function KnownVisit({ code, results }: Props) {
  const [opened, openAgain] = useOpened(code)
  const filling = useFilling(code)
  /** The version of the notice that was agreed to on this page. */
  const [agreed, setAgreed] = useState<string>()
  const isVolatile = !useSyncExternalStore(whenRefusing, keepsThings)
  const Form = useLoaded(loadForm)
  const place = opened.face === 'ready' ? opened.place : filling === 'unread' ? undefined : filling?.place
  useEffect(() => {
    if (place?.status === 'open') fetchEarly(place)
    if (place?.status === 'closed') void forgetDevice(place)
  }, [place])
  const notice = noticeOf(place?.notice, place?.retentionDays)
  const isAsked = agreed !== undefined && filling === undefined
  useEffect(() => {
    if (!isAsked || place?.status !== 'open') return
    // Whoever agreed before the survey was found, and then sees another notice, has not agreed to that one.
    const begun = agreed === notice.version ? begin(code, place, agreed) : undefined
    void Promise.resolve(begun).then(() => setAgreed(undefined))
  }, [isAsked, agreed, notice.version, place, code])
  const complaint = filling && filling !== 'unread' ? filling.problem?.code : undefined
  useEffect(() => {
    if (complaint !== undefined && outdating.includes(complaint)) openAgain()
  }, [complaint, openAgain])
  if (filling === 'unread') return null
  if (filling?.state === 'sent') return <ReceiptPage filling={filling} results={results} />
  if (filling?.state === 'waiting') return <WaitingPage isVolatile={isVolatile} />
  if (opened.face === 'refused' && opened.code !== 'unreachable') return <FindSurvey message={opened.message} />
  if (place?.status === 'closed') return <Closed place={place} results={results} />
  if (place && place.status !== 'open') return <ShutPage place={place} hasBegun={!!filling} again={openAgain} />
  const isRenewed = filling !== undefined && filling.consentVersion !== notice.version
  if (filling && place && !isRenewed) {
    if (!Form) return <p className="sheet waiting">正在打开问卷，请稍等……</p>
    return <Form key={filling.id} filling={filling} place={place} isVolatile={isVolatile} />
  }
  return (
    <NoticePage
      key={notice.version}
      place={place}
      notice={notice}
      isRenewed={isRenewed}
      face={agreed === undefined ? 'reading' : opened.face === 'refused' ? 'no-network' : 'opening'}
      isVolatile={isVolatile}
      begin={() => {
        if (filling) return void agreeAnew(filling, notice.version)
        setAgreed(notice.version)
        if (opened.face === 'refused') openAgain()
      }}
    />
  )
}

function Closed({ place, results }: { place: Place; results: Props['results'] }) {
  return (
    <main className="sheet">
      <h1>{place.communityName}居民需求调查</h1>
      <p className="refusal">这次调查已经结束，谢谢您的关心；想说的话，请到社区居委会告诉工作人员。</p>
      {results(place.district, place.community)}
    </main>
  )
}

function useOpened(code: string): [Opened, () => void] {
  const [opened, setOpened] = useState<Opened>({ face: 'waiting' })
  const [turn, setTurn] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new turn asks again
  useEffect(() => {
    let isHere = true
    keptCall(openLink, { code }).then(
      (place) => isHere && setOpened({ face: 'ready', place }),
      (error: unknown) => {
        const problem = error instanceof Refused ? error.problem : { code: 'unreachable', message: '' }
        const known = problem.code === 'unknown_link' || problem.code === 'unknown_district'
        if (isHere) setOpened({ face: 'refused', code: known ? problem.code : 'unreachable', message: problem.message })
      },
    )
    return () => {
      isHere = false
    }
  }, [code, turn])
  useEffect(() => {
    const again = () => setTurn((now) => now + 1)
    addEventListener('online', again)
    return () => removeEventListener('online', again)
  }, [])
  return [opened, useCallback(() => setTurn((now) => now + 1), [])]
}

/** Whoever types need not be told what they typed. */
function isOurOwnWriting(shown: Filling | undefined | 'unread', found: Filling | undefined): boolean {
  if (!found || !shown || shown === 'unread') return false
  const isSame = shown.id === found.id && shown.consentVersion === found.consentVersion
  return isSame && shown.state === 'draft' && found.state === 'draft' && found.by === here
}

/** What stands on this device for the code, whichever tab changed it; `unread` for the moment of reading. */
function useFilling(code: string): Filling | undefined | 'unread' {
  const [filling, setFilling] = useState<Filling | undefined | 'unread'>('unread')
  useEffect(() => {
    let isHere = true
    const read = async () => {
      const found = await fillingOf(code)
      if (isHere) setFilling((shown) => (isOurOwnWriting(shown, found) ? shown : found))
    }
    void read()
    const stop = listenToFillings((changed) => {
      if (changed === code) void read()
    })
    return () => {
      isHere = false
      stop()
    }
  }, [code])
  return filling
}
