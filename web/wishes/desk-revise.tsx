import { Button, Input, Select } from 'antd'
import { type FormEvent, type KeyboardEvent, useState } from 'react'
import type { reviseWish } from '../../shared/wishes/api.ts'
import type { DeskWish } from '../../shared/wishes/desk-api.ts'
import { type Cost, costNames, costs, type Kind, kindNames, kinds } from '../../shared/wishes/kinds.ts'
import type { Extras } from '../api/call.ts'
import { Labelled, WordsField } from '../kit/labelled.tsx'
import { Refusal } from '../kit/refusal.tsx'

interface Props {
  wish: DeskWish
  busy: boolean
  refused?: string
  revise(body: NonNullable<Extras<typeof reviseWish>['body']>): void
  cancel(): void
}

/** Changes a wish for whoever cannot do it; it is looked at again afterwards. */
export function ReviseForm({ wish, busy, refused, revise, cancel }: Props) {
  const { kind, text, cost, where, neededBy, service, revision } = wish
  const [draft, setDraft] = useState({ kind, text, cost, words: where?.words ?? '', neededBy: neededBy ?? '' })
  const change = (more: Partial<typeof draft>) => setDraft({ ...draft, ...more })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const words = draft.words.trim() || null
    const point = where?.point ?? null
    if (busy) return
    revise({
      ...{ revision, kind: draft.kind, text: draft.text.trim(), cost: draft.cost, neededBy: draft.neededBy || null },
      where: words || point ? { words, point } : null,
      service: draft.kind === 'place' ? service : null,
    })
  }
  const leave = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    cancel()
  }
  return (
    <form className="wish-asks" onSubmit={submit} onKeyDown={leave} noValidate>
      <Labelled label="心愿">
        {(id) => (
          <Input.TextArea
            id={id}
            autoFocus
            className="grows"
            rows={3}
            maxLength={400}
            value={draft.text}
            onChange={({ target }) => change({ text: target.value })}
          />
        )}
      </Labelled>
      <div className="fields">
        <Labelled label="哪一类">
          {(id) => (
            <Select
              id={id}
              value={draft.kind}
              options={kinds.map((value) => ({ value, label: kindNames[value] }))}
              onChange={(value: Kind) => change({ kind: value })}
            />
          )}
        </Labelled>
        <Labelled label="大概要花多少钱">
          {(id) => (
            <Select
              id={id}
              value={draft.cost}
              options={costs.map((value) => ({ value, label: costNames[value] }))}
              onChange={(value: Cost) => change({ cost: value })}
            />
          )}
        </Labelled>
        <WordsField label="在哪里" maxLength={80} value={draft.words} change={(words) => change({ words })} />
        <Labelled label="希望哪天前实现（可不填）">
          {(id) => (
            <Input
              id={id}
              type="date"
              value={draft.neededBy}
              onChange={({ target }) => change({ neededBy: target.value })}
            />
          )}
        </Labelled>
      </div>
      {refused && <Refusal message={refused} />}
      <div className="actions">
        <Button type="primary" htmlType="submit" loading={busy}>
          改好，再审核
        </Button>
        <Button onClick={cancel}>取消</Button>
      </div>
    </form>
  )
}
