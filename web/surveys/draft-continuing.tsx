import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { listSurveys } from '../../shared/surveys/api.ts'
import { listDrafts, publishDraft, readDraft } from '../../shared/surveys/drafts-api.ts'
import { compareDraft, type DraftCompared, listVersions } from '../../shared/surveys/versions-api.ts'
import { addressOf, call, Refused, reasonOf } from '../api/call.ts'
import { useAnswer } from '../api/use-answer.ts'
import { usePermitted } from '../kit/permitted.tsx'
import { Refusal } from '../kit/refusal.tsx'
import { Screen } from '../kit/screen-face.tsx'
import { QuestionsCompared } from './questions-compared.tsx'

interface Props {
  params: { district: string; survey: string }
}

/** The draft that is being written beside the current version, with a word for each question that it would lose; not there without a draft. */
export function DraftContinuing({ params }: Props) {
  const { may } = usePermitted()
  const drafts = useAnswer(listDrafts, { district: params.district }, {}, may(compareDraft))
  const draft = drafts.face === 'ready' ? drafts.data.find(({ survey }) => survey === params.survey) : undefined
  const seen = useAnswer(compareDraft, params, {}, draft !== undefined)
  if (!draft) return null
  return (
    <>
      <h2>草稿与当前版本</h2>
      <Screen seen={seen}>
        {(compared) => (
          <Continuing key={`${compared.from}-${compared.revision}`} {...{ params, compared, base: draft.base }} />
        )}
      </Screen>
    </>
  )
}

const GIVEN_UP = ''

function Continuing({ params, compared, base }: Props & { compared: DraftCompared; base: number | undefined }) {
  const [questions, setQuestions] = useState<Record<string, string>>({})
  const [choices, setChoices] = useState<Record<string, string>>({})
  const lost = compared.questions.flatMap(({ before, now }) => (before && !now ? [before] : []))
  const fresh = compared.questions.flatMap(({ before, now }) => (now && !before ? [now] : []))
  const keyOf = (question: string, value: string) => JSON.stringify([question, value])
  const mapping = () => ({
    questions: {
      ...compared.mapping.questions,
      ...Object.fromEntries(lost.map(({ name }) => [name, questions[name] || null])),
    },
    choices: {
      ...compared.mapping.choices,
      ...Object.fromEntries(
        compared.choices.map(({ question, lost: values }) => {
          const said = values.map(({ value }) => [value, choices[keyOf(question, value)] || null] as const)
          return [question, { ...compared.mapping.choices[question], ...Object.fromEntries(said) }]
        }),
      ),
    },
    ...(compared.mapping.rows && { rows: compared.mapping.rows }),
  })
  return (
    <>
      {compared.from !== base && (
        <p className="panel" role="alert">
          {base === undefined ? '这份草稿开始以后' : `这份草稿是照第${base}版改的，之后`}又发布了第{compared.from}
          版：下面和第{compared.from}
          版不同的地方，有些是对方新改的，发布草稿就会盖掉。要留下对方的，请先照着改进草稿再发布。
        </p>
      )}
      <QuestionsCompared questions={compared.questions} caption="草稿与当前版本逐题对照" />
      {compared.why.length > 0 && (
        <p className="panel">
          照现在这样发布，第{compared.from}版的答卷不会计入新版本：{compared.why.join('；')}。
        </p>
      )}
      {lost.map(({ name, title }) => (
        <Picker
          key={name}
          label={`“${title}”接到`}
          value={questions[name] ?? GIVEN_UP}
          options={fresh.map((one) => ({ value: one.name, text: one.title }))}
          pick={(value) => setQuestions({ ...questions, [name]: value })}
        />
      ))}
      {compared.choices.flatMap(({ question, lost: values, fresh: options }) =>
        values.map(({ value, text }) => (
          <Picker
            key={keyOf(question, value)}
            label={`选项“${text}”接到`}
            value={choices[keyOf(question, value)] ?? GIVEN_UP}
            options={options}
            pick={(to) => setChoices({ ...choices, [keyOf(question, value)]: to })}
          />
        )),
      )}
      <Publishing
        {...{ params, mapping }}
        revision={compared.revision}
        over={compared.from}
        maps={lost.length + compared.choices.length > 0}
      />
    </>
  )
}

interface PickerProps {
  label: string
  value: string
  options: { value: string; text: string }[]
  pick(value: string): void
}

function Picker({ label, value, options, pick }: PickerProps) {
  return (
    <div className="filters">
      <label>
        {label}
        <select value={value} onChange={({ target }) => pick(target.value)}>
          <option value={GIVEN_UP}>不再沿用</option>
          {options.map((one) => (
            <option key={one.value} value={one.value}>
              {one.text}
            </option>
          ))}
        </select>
      </label>
    </div>
  )
}

interface PublishingProps extends Props {
  revision: number
  /** The version that the draft was compared with. */
  over: number
  mapping(): DraftCompared['mapping']
  /** Something above is to be connected. */
  maps: boolean
}

function Publishing({ params, revision, over, mapping, maps }: PublishingProps) {
  const [face, setFace] = useState<'ready' | 'waiting' | { problems: string[] }>('ready')
  const queries = useQueryClient()
  const publish = async (round: 'same' | 'new') => {
    setFace('waiting')
    try {
      await call(publishDraft, params, { body: { revision, over, mapping: mapping(), round } })
      // Whoever edits next begins with a new draft, not with this one as it was read.
      queries.removeQueries({ queryKey: [addressOf(readDraft, params)] })
      const { district } = params
      const lists = [addressOf(listDrafts, { district }), addressOf(listSurveys, { district })]
      for (const address of [...lists, addressOf(listVersions, params)])
        await queries.invalidateQueries({ queryKey: [address] })
      setFace('ready')
    } catch (error) {
      if (error instanceof Refused && error.problem.code === 'draft_outdated')
        await queries.invalidateQueries({ queryKey: [addressOf(compareDraft, params)] })
      const { message, details = [] } = reasonOf(error) as { message: string; details?: { message: string }[] }
      setFace({ problems: [message, ...details.map((one) => one.message)] })
    }
  }
  const how = maps ? '按这个对应关系发布' : '发布草稿'
  const button = (round: 'same' | 'new', label: string) => (
    <button type="button" className="small" disabled={face === 'waiting'} onClick={() => publish(round)}>
      {label}
    </button>
  )
  return (
    <>
      <div className="actions">
        {button('same', `${how}，本轮继续`)}
        {button('new', `${how}，开始新一轮`)}
      </div>
      {typeof face === 'object' && face.problems.map((each) => <Refusal key={each} message={each} />)}
    </>
  )
}
