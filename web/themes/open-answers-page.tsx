import { useQueryClient } from '@tanstack/react-query'
import { Alert } from 'antd'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { Community, Subdistrict } from '../../shared/places/api.ts'
import { type OpenAnswer, readThemes } from '../../shared/themes/api.ts'
import { type Answer, addressOf } from '../api/call.ts'
import { useAnswer } from '../api/use-answer.ts'
import { Provenance } from '../kit/figure.tsx'
import { Refusal } from '../kit/refusal.tsx'
import { Screen } from '../kit/screen-face.tsx'
import { DictionaryButton } from './dictionary-drawer.tsx'
import { QueueActions } from './queue-actions.tsx'
import { QueueFilters } from './queue-filters.tsx'
import { QueueTable } from './queue-table.tsx'
import { QuoteDialog } from './quote-dialog.tsx'
import { ThemesTable } from './themes-table.tsx'
import { useDecisions } from './use-decisions.ts'
import { type KeyWork, useKeys } from './use-keys.ts'
import { type Search, useQueue } from './use-queue.ts'
import { keyOf, themeNames } from './words.ts'
import './themes.css'

export type ThemesSeen = Answer<typeof readThemes>

export interface Places {
  subdistricts: Subdistrict[]
  communities: Community[]
}

interface Props {
  params: { district: string; survey: string }
  places: Places
  /** What the services of the catalogue are called. */
  services: ReadonlyMap<string, string>
}

const LOOK_AGAIN_MS = 2_000

/** What residents wrote in their own words: confirmed under themes line by line, and what the themes come to. */
export function OpenAnswers(props: Props) {
  const [search, setSearch] = useState<Search>({ state: 'waiting' })
  const { round } = search
  const seen = useAnswer(readThemes, props.params, { ...(round && { round }) })
  const again = seen.face === 'ready' ? seen.again : () => undefined
  return <Screen seen={seen}>{(themes) => <Read {...props} {...{ themes, again, search, setSearch }} />}</Screen>
}

interface ReadProps extends Props {
  themes: ThemesSeen
  again(): void
  search: Search
  setSearch(search: Search): void
}

function Read({ params, places, services, themes, again, search, setSearch }: ReadProps) {
  const [quoted, setQuoted] = useState<OpenAnswer>()
  const queue = useQueue(params, search)
  const changed = useLater(params, search.round)
  const decisions = useDecisions(params, queue, changed)
  const work: KeyWork = {
    confirm: (answers, codes) => decisions.decide(answers, 'confirmed', codes),
    reject: (answers) => decisions.decide(answers, 'rejected'),
    undo: () => void decisions.undo(),
    quote: setQuoted,
    load: () => queue.more && !queue.loading && queue.load(),
  }
  const keys = useKeys(queue.answers, work)
  const { reading } = themes
  useWhileReading(reading, again, queue.anew)
  const nameOf = themeNames(themes.dictionary)
  const chosen = () => queue.answers.filter((answer) => keys.ticked.has(keyOf(answer)))
  const clear = (done: boolean) => done && keys.tick([])
  const total = Object.values(themes.states).reduce((sum, n) => sum + n, 0)
  return (
    <Provenance
      words={(source) => ({
        path: pathWords(source.path, nameOf),
        inputs: source.inputs.map((code) => ({ code, text: '已确认的开放意见' })),
      })}
    >
      <h1>开放意见</h1>
      <p className="under">
        居民自己写的话，机器先按词典建议主题，由人确认后才计数。姓名、号码和门牌一律隐去，查找也只在隐去后的文字里找。
      </p>
      {reading && (
        <Alert type="info" showIcon title="正在后台读取新答卷、更新建议，可以先处理下面这些。" role="status" />
      )}
      <Section title="待办">
        <QueueFilters
          search={search}
          change={(part) => setSearch({ ...search, ...part })}
          themes={themes}
          communities={places.communities}
        />
        <p className="under keys-help">
          键盘：<kbd>↑</kbd> <kbd>↓</kbd> 或 <kbd>j</kbd> <kbd>k</kbd> 移动，<kbd>空格</kbd> 勾选，<kbd>回车</kbd>{' '}
          确认全部建议，
          <kbd>1</kbd>–<kbd>9</kbd> 只确认每条的这一个建议，<kbd>x</kbd> 否定，<kbd>u</kbd> 撤销，<kbd>q</kbd>{' '}
          选作原话；勾选了几条就一起处理。
        </p>
        <QueueActions
          ticked={keys.ticked.size}
          {...{ search, decisions }}
          dictionary={themes.dictionary}
          confirm={(codes) => void work.confirm(chosen(), codes).then(clear)}
          reject={() => void work.reject(chosen()).then(clear)}
        />
        {queue.refused && <Refusal message={queue.refused} />}
        <QueueTable
          {...{ queue, keys, work, nameOf }}
          placeOf={(code) => places.communities.find((each) => each.code === code)?.name ?? code}
          questionOf={(name) => themes.questions.find((each) => each.name === name)?.title ?? name}
          nothing={nothingWords(total, search, themes)}
        />
      </Section>
      <Section title="主题">
        <ThemesTable {...{ params, places, services, themes, nameOf, changed }} />
        <DictionaryButton district={params.district} {...{ services, themes, changed }} />
      </Section>
      <QuoteDialog {...{ params, nameOf }} answer={quoted} close={() => setQuoted(undefined)} chosen={changed} />
    </Provenance>
  )
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  )
}

const pathWords = ([code, area]: (string | number)[], nameOf: (code: string) => string): string[] => [
  '开放意见',
  nameOf(String(code)),
  `${area}，已确认的人数（未加权）`,
]

function nothingWords(total: number, search: Search, { reading, rounds }: ThemesSeen): string {
  if (reading) return '正在读取答卷，请稍等。'
  if (total === 0 && rounds.length > 1 && search.round !== 'all')
    return '这一轮还没有居民写下意见。以前写的，请在“轮次”里选。'
  if (total === 0) return '还没有居民写下意见。有人在问卷的开放题里写了话，这里就会出现。'
  if (search.state === 'waiting') return '这里没有待确认的意见了。可以换一个社区或主题，或看看“无建议”的意见。'
  return '没有符合条件的意见，请换一个条件。'
}

/** Asks anew for the themes a moment after the last change, so that working quickly does not ask each time. */
function useLater(params: Props['params'], round: string | undefined): () => void {
  const queries = useQueryClient()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  return () => {
    clearTimeout(timer.current)
    const queryKey = [addressOf(readThemes, params, { ...(round && { round }) })]
    timer.current = setTimeout(() => void queries.invalidateQueries({ queryKey }), 600)
  }
}

/** While answers are still being read, looks again from time to time; when they are, the list is read anew. */
function useWhileReading(reading: boolean, again: () => void, anew: () => void): void {
  const was = useRef(reading)
  const latest = useRef({ again, anew })
  latest.current = { again, anew }
  useEffect(() => {
    if (was.current && !reading) latest.current.anew()
    was.current = reading
    if (!reading) return
    const ticking = setInterval(() => latest.current.again(), LOOK_AGAIN_MS)
    return () => clearInterval(ticking)
  }, [reading])
}
