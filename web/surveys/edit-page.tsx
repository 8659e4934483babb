import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useRef } from 'react'
import { type DraftRead, readDraft } from '../../shared/surveys/drafts-api.ts'
import { elementAt, entriesOf, sheetsOf } from '../../shared/surveys/edit.ts'
import { addressOf } from '../api/call.ts'
import { useAnswer } from '../api/use-answer.ts'
import { Screen } from '../kit/screen-face.tsx'
import { EditBar } from './edit-bar.tsx'
import { EditingHere, useDesk } from './edit-context.ts'
import { Outline } from './edit-outline.tsx'
import { Phone } from './edit-preview.tsx'
import { QuestionForm } from './edit-question.tsx'
import { useEditing } from './edit-state.ts'
import { PageForm, WholeForm } from './edit-whole.tsx'
import './edit.css'

interface Props {
  district: string
  survey: string
  /** The draft is no more. */
  left(how: 'published' | 'discarded'): void
}

/** The editor of a questionnaire: its questions, the one picked, and a phone that shows it. */
export function EditPage({ district, survey, left }: Props) {
  const seen = useAnswer(readDraft, { district, survey })
  return <Screen seen={seen}>{(draft) => <Editor {...{ district, survey, draft, left }} key={survey} />}</Screen>
}

function Editor({ district, survey, draft, left }: Props & { draft: DraftRead }) {
  const params = useMemo(() => ({ district, survey }), [district, survey])
  const queries = useQueryClient()
  const { state, act, isDirty } = useEditing(draft, `${district}/${survey}`)
  const desk = useMemo(() => ({ state, act }), [state, act])
  const keep = (saved: DraftRead) => queries.setQueryData([addressOf(readDraft, params)], saved)
  return (
    <EditingHere value={desk}>
      <h1>{state.now.title || '（没有名称的问卷）'}</h1>
      <EditBar {...{ params, isDirty, keep, left }} />
      <div className="edit-desk">
        <Outline />
        <FormPanel />
        <Phone />
      </div>
    </EditingHere>
  )
}

/** On a narrow screen the form stands below the questions: whoever picks one is taken there. */
function FormPanel() {
  const { picked } = useDesk().state
  const panel = useRef<HTMLElement>(null)
  const last = useRef(picked)
  useEffect(() => {
    if (last.current !== picked && matchMedia('(max-width: 759px)').matches) panel.current?.scrollIntoView()
    last.current = picked
  }, [picked])
  return (
    <section ref={panel} className="panel edit-form" aria-label="正在编辑">
      <PickedForm />
    </section>
  )
}

function PickedForm() {
  const { state, definition } = useDesk()
  const { picked } = state
  if (picked === 'survey' || !elementAt(definition, picked)) return <WholeForm />
  if (picked.length === 1) {
    const sheet = sheetsOf(definition)[picked[0] ?? 0]
    return sheet ? <PageForm key={picked.join()} sheet={sheet} /> : <WholeForm />
  }
  const entry = entriesOf(definition).find(({ place }) => place.join() === picked.join())
  return entry ? <QuestionForm key={`${entry.name}-${picked.join()}`} entry={entry} /> : <WholeForm />
}
