import { Button } from 'antd'
import { isRecord, type Json, listOf, wordsOf } from '../../shared/surveys/definition.ts'
import { changeAt, removeAt, type Sheet, textOf, withText } from '../../shared/surveys/edit.ts'
import { ConditionField } from './edit-condition.tsx'
import { useDesk } from './edit-context.ts'
import { NumberField, WordsField } from './edit-fields.tsx'

/** The survey as a whole: its name, what is said above the questions, and how long answers are kept. */
export function WholeForm() {
  const { state, act, definition, change } = useDesk()
  const { title, retentionDays } = state.now
  const rename = (words: string) =>
    act({
      ...{ do: 'edit', field: 'title' },
      edit: (now) => ({ ...now, title: words, definition: withText(now.definition, 'title', words) }),
    })
  const keep = (days: number | undefined) =>
    act({ do: 'edit', field: 'days', edit: (now) => ({ ...now, retentionDays: days ?? now.retentionDays }) })
  const notice = isRecord(definition.notice) ? definition.notice : undefined
  return (
    <>
      <h2>问卷名称和说明</h2>
      <WordsField label="问卷名称" maxLength={100} value={title} change={rename} />
      <WordsField
        label="问卷说明（可不填）"
        rows={2}
        value={textOf(definition.description)}
        change={(words) => change((now) => withText(now, 'description', words), { field: 'description' })}
      />
      <NumberField
        label="结束后保存答卷多少天"
        hint="系统自带的告知书写的是 180 天；要改天数，请带上本区自己的告知书。"
        min={1}
        max={3650}
        value={retentionDays}
        change={keep}
      />
      <p className="under">
        {notice
          ? `居民先看本区自己的告知书“${wordsOf(notice.title, '告知书')}”（版本 ${String(notice.version)}）。`
          : '居民先看系统自带的告知书。'}
        要换告知书，请下载 JSON，改好其中的 notice 再上传。
      </p>
    </>
  )
}

/** One page of the questionnaire. */
export function PageForm({ sheet: { json, place, entries } }: { sheet: Sheet }) {
  const { definition, change } = useDesk()
  const write = (property: string) => (words: string) =>
    change((now) => changeAt(now, place, (one) => withText(one, property, words)), {
      field: `${place.join()}-${property}`,
    })
  const isLast = listOf(definition.pages).length < 2
  const isEmpty = entries.length === 0 && listOf((json as Json).elements).length === 0
  return (
    <>
      <div className="edit-head">
        <h2>页</h2>
        <span className="edit-steps">
          <Button
            danger
            disabled={isLast || !isEmpty}
            title={isEmpty ? undefined : '先把这一页的题移走或删掉'}
            onClick={() => change((now) => removeAt(now, place), { pick: 'survey' })}
          >
            删除这一页
          </Button>
        </span>
      </div>
      <WordsField label="这一页的标题" maxLength={100} value={textOf(json.title)} change={write('title')} />
      <WordsField
        label="标题下面的说明（可不填）"
        rows={2}
        value={textOf(json.description)}
        change={write('description')}
      />
      <ConditionField what={{ place, json }} noun="页" />
      {isEmpty && <p className="note">这一页还没有题目，请在左边点“加题”。</p>}
    </>
  )
}
