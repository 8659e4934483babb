import { Button, Modal } from 'antd'
import { type ChangeEvent, useEffect, useRef, useState } from 'react'
import { type DraftRead, discardDraft, publishDraft, readDraft, saveDraft } from '../../shared/surveys/drafts-api.ts'
import { editable } from '../../shared/surveys/edit.ts'
import { call, Refused, reasonOf } from '../api/call.ts'
import { Refusal } from '../kit/refusal.tsx'
import { Conflict } from './edit-conflict.tsx'
import { useDesk } from './edit-context.ts'
import { definitionIn, saveDefinition } from './edit-json.ts'
import { Problems } from './edit-problems.tsx'
import { type Publication, PublishDialog } from './edit-publish.tsx'
import { forgetEditing } from './edit-state.ts'
import { chinaMoment } from './survey-words.ts'

interface Props {
  params: { district: string; survey: string }
  isDirty: boolean
  /** Remembers what the server has now. */
  keep(draft: DraftRead): void
  left(how: 'published' | 'discarded'): void
}

/** Saving, undoing, publishing and files; and what the server says to them. */
export function EditBar({ params, isDirty, keep, left }: Props) {
  const { state, act } = useDesk()
  const [asked, ask] = useState<'publish' | 'discard'>()
  const { save, run, isBusy, said, conflict, settle } = useSaving(params, keep)
  const { now, past, future, draft } = state
  const leave = (how: 'published' | 'discarded') => {
    forgetEditing(`${params.district}/${params.survey}`)
    left(how)
  }
  const publish = (publication: Publication) =>
    run(async () => {
      const saved = isDirty ? await save() : draft
      if (saved.problems.length > 0) throw new Error('还有要改的地方，见下面列出的题目；改好再发布。')
      await call(publishDraft, params, { body: { revision: saved.revision, ...publication } }).catch(async (error) => {
        if (error instanceof Refused && error.problem.code === 'draft_outdated') await lookAgain(saved.revision)
        throw error
      })
      leave('published')
    }).finally(() => ask(undefined))
  /** The draft is as it was; what is published is another version by now. */
  const lookAgain = async (revision: number) => {
    const read = await call(readDraft, params)
    if (read.revision !== revision) return
    act({ do: 'saved', sent: now, draft: read })
    keep(read)
  }
  const discard = () =>
    run(async () => {
      await call(discardDraft, params, { query: { revision: String(draft.revision) } })
      leave('discarded')
    }).finally(() => ask(undefined))
  useSaveKey(() => void run(save))
  return (
    <>
      <p className="under">
        {draft.base === undefined ? '新问卷' : `第 ${draft.base} 版之后的修改`}，{draft.updatedBy}最后保存于
        {chinaMoment(draft.updatedAt)}。
      </p>
      <div className="actions edit-bar">
        <Button type="primary" loading={isBusy} onClick={() => run(save)}>
          保存
        </Button>
        <Button disabled={past.length === 0} onClick={() => act({ do: 'undo' })}>
          撤销
        </Button>
        <Button disabled={future.length === 0} onClick={() => act({ do: 'redo' })}>
          重做
        </Button>
        <Button onClick={() => ask('publish')}>发布</Button>
        <Button onClick={() => saveDefinition(now.title, now.definition)}>下载 JSON</Button>
        <UploadButton />
        <Button danger onClick={() => ask('discard')}>
          丢弃草稿
        </Button>
        <span role="status" className="edit-state">
          {said || (isDirty ? '有修改还没有保存' : '已保存')}
        </span>
      </div>
      {conflict?.code === 'draft_changed' ? (
        <Conflict params={params} message={conflict.message} settled={settle} />
      ) : (
        conflict && <Refusal message={conflict.message} />
      )}
      <Problems isDirty={isDirty} />
      <PublishDialog isOpen={asked === 'publish'} {...{ draft, isBusy, publish }} cancel={() => ask(undefined)} />
      <Modal
        open={asked === 'discard'}
        title="丢弃这份草稿？"
        okText="丢弃"
        okButtonProps={{ danger: true }}
        confirmLoading={isBusy}
        onOk={discard}
        onCancel={() => ask(undefined)}
      >
        <p>草稿里的修改都不要了，丢弃后找不回来；已经发布的版本不受影响。要留一份，请先下载 JSON。</p>
      </Modal>
    </>
  )
}

function useSaving(params: Props['params'], keep: Props['keep']) {
  const { state, act } = useDesk()
  const [isBusy, setBusy] = useState(false)
  const [said, say] = useState('')
  const [conflict, setConflict] = useState<{ code: string; message: string }>()
  const { now, draft } = state
  useEffect(() => {
    if (now !== state.saved) say('')
  }, [now, state.saved])
  const save = async () => {
    const body = {
      revision: draft.revision,
      title: now.title,
      definition: now.definition,
      retentionDays: now.retentionDays,
    }
    const saved = await call(saveDraft, params, { body })
    act({ do: 'saved', sent: now, draft: saved })
    keep(saved)
    return saved
  }
  const run = async (work: () => Promise<unknown>) => {
    if (isBusy) return
    setBusy(true)
    setConflict(undefined)
    say('')
    await work().then(
      () => say('已保存'),
      (error: unknown) => setConflict(reasonFor(error)),
    )
    setBusy(false)
  }
  return { save, run, isBusy, said, conflict, settle: () => setConflict(undefined) }
}

/** A refusal with what it says of each question. */
function reasonFor(error: unknown): { code: string; message: string } {
  if (!(error instanceof Refused)) return { code: 'page', message: error instanceof Error ? error.message : '' }
  const { code, message, details = [] } = error.problem
  if (code === 'bad_request' && details.some(({ at }) => at.includes('title')))
    return { code, message: '问卷名称要写 1–100 个字，请改好再保存。' }
  return { code, message: [reasonOf(error).message, ...details.map((each) => each.message)].join(' ') || message }
}

function UploadButton() {
  const { act } = useDesk()
  const field = useRef<HTMLInputElement>(null)
  const [fault, setFault] = useState('')
  const read = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const [file] = target.files ?? []
    if (!file) return
    setFault('')
    await definitionIn(file).then(
      (definition) =>
        act({ do: 'edit', edit: (now) => ({ ...now, definition: editable(definition) }), pick: 'survey' }),
      (error: Error) => setFault(error.message),
    )
    target.value = ''
  }
  return (
    <>
      <input
        ref={field}
        type="file"
        accept=".json,application/json"
        hidden
        aria-label="问卷文件（JSON）"
        onChange={read}
      />
      <Button onClick={() => field.current?.click()}>上传 JSON</Button>
      {fault && <Refusal message={fault} />}
    </>
  )
}

function useSaveKey(save: () => void): void {
  const latest = useRef(save)
  latest.current = save
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 's') return
      event.preventDefault()
      latest.current()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [])
}
