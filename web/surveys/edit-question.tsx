import { Button, Modal } from 'antd'
import { useState } from 'react'
import type { DemandRole, Json } from '../../shared/surveys/definition.ts'
import {
  changeAt,
  type Entry,
  move,
  readersOf,
  removeAt,
  textOf,
  withProperty,
  withText,
} from '../../shared/surveys/edit.ts'
import { typeWords } from '../../shared/surveys/faces.ts'
import { ConditionField } from './edit-condition.tsx'
import { useDesk } from './edit-context.ts'
import { NumberField, Tick, WordsField } from './edit-fields.tsx'
import { ChoiceList } from './edit-list.tsx'

const roleWords: Record<DemandRole, string> = {
  need: '需要哪些服务',
  met: '现在满足几成',
  top: '最盼望先办',
  stratum: '加权用的居民特征',
  group: '困难群体',
  open: '开放意见',
}

/** One question: its words, its choices and when it is asked. */
export function QuestionForm({ entry }: { entry: Entry }) {
  const { change, definition, state } = useDesk()
  const { json, place, type } = entry
  const role = (json.demand as { role?: DemandRole } | undefined)?.role
  const edit = (how: (json: Json) => Json, field?: string) =>
    change((now) => changeAt(now, place, how), { field: field && `${place.join()}-${field}` })
  const problems = state.draft.problems.filter(({ at }) => at === entry.name)
  const shift = (step: -1 | 1) => {
    const moved = move(definition, place, step)
    change(() => moved.definition, { pick: moved.place })
  }
  return (
    <>
      <div className="edit-head">
        <h2>{typeWords[type] ?? type}</h2>
        {role && <span className="edit-role">计入需求测算：{roleWords[role] ?? role}</span>}
        <span className="edit-steps">
          <Button onClick={() => shift(-1)}>上移</Button>
          <Button onClick={() => shift(1)}>下移</Button>
          <Removal entry={entry} role={role} />
        </span>
      </div>
      {problems.map(({ message }) => (
        <p className="refusal" key={message}>
          {message}
        </p>
      ))}
      {type === 'html' ? (
        <WordsField
          label="说明文字（可以用 HTML）"
          rows={3}
          maxLength={5000}
          value={textOf(json.html)}
          change={(words) => edit((one) => withText(one, 'html', words), 'html')}
        />
      ) : (
        <>
          <WordsField
            label="题目"
            rows={2}
            value={textOf(json.title)}
            change={(words) => edit((one) => withText(one, 'title', words), 'title')}
          />
          <WordsField
            label="题目下面的说明（可不填）"
            value={textOf(json.description)}
            change={(words) => edit((one) => withText(one, 'description', words), 'description')}
          />
          <Tick
            label="必答"
            value={json.isRequired === true}
            change={(on) => edit((one) => withProperty(one, 'isRequired', on))}
          />
          <Kept label="必答的条件" expression={json.requiredIf} />
        </>
      )}
      <Lists entry={entry} role={role} />
      <Limits json={json} type={type} edit={edit} />
      <ConditionField what={entry} noun="题" />
      <p className="under">题目编码 {entry.name || '（没有）'}：改文字不改编码，历次结果靠它对应。</p>
    </>
  )
}

type Edit = (how: (json: Json) => Json, field?: string) => void

function Lists({ entry, role }: { entry: Entry; role?: DemandRole }) {
  const { json, type } = entry
  if (type === 'matrix') {
    return (
      <>
        <ChoiceList entry={entry} list="rows" isFixed={role === 'met'} />
        <ChoiceList entry={entry} list="columns" isFixed={role === 'met'} />
        <Kept label="行的显示条件" expression={json.rowsVisibleIf} />
      </>
    )
  }
  if (type === 'rating')
    return Array.isArray(json.rateValues) ? <ChoiceList entry={entry} list="rateValues" isFixed /> : null
  if (!['radiogroup', 'dropdown', 'checkbox', 'tagbox', 'ranking'].includes(type)) return null
  return (
    <>
      <ChoiceList entry={entry} list="choices" isServices={role === 'need'} isFixed={role === 'top'} />
      {type !== 'ranking' && <Specials entry={entry} />}
      <Kept label="选项的显示条件" expression={json.choicesVisibleIf} />
    </>
  )
}

/** Choices that SurveyJS brings along itself. */
function Specials({ entry: { json, place, type } }: { entry: Entry }) {
  const { change } = useDesk()
  const put = (property: string, value: unknown) =>
    change((now) => changeAt(now, place, (one) => withProperty(one, property, value)))
  const text = (property: string, words: string) =>
    change((now) => changeAt(now, place, (one) => withText(one, property, words)), {
      field: `${place.join()}-${property}`,
    })
  const several = type === 'checkbox' || type === 'tagbox'
  return (
    <div className="edit-specials">
      <Tick
        label="加一项“其他”，请居民写明"
        value={json.showOtherItem === true}
        change={(on) => put('showOtherItem', on)}
      />
      {several && (
        <Tick
          label="加一项“都没有”，选了它就不选别的"
          value={json.showNoneItem === true}
          change={(on) => put('showNoneItem', on)}
        />
      )}
      {several && json.showNoneItem === true && (
        <WordsField
          label="这一项的文字"
          maxLength={60}
          value={textOf(json.noneText)}
          change={(words) => text('noneText', words)}
        />
      )}
    </div>
  )
}

/** What bounds an answer, by kind of question. */
function Limits({ json, type, edit }: { json: Json; type: string; edit: Edit }) {
  const number = (property: string) => (value: number | undefined) => edit((one) => withProperty(one, property, value))
  const words = (property: string) => (text: string) => edit((one) => withText(one, property, text), property)
  const isNumber = type === 'text' && json.inputType === 'number'
  return (
    <div className="edit-limits">
      {(type === 'checkbox' || type === 'tagbox') && (
        <NumberField
          label="最多选几项（空着不限）"
          min={1}
          max={500}
          value={json.maxSelectedChoices}
          change={number('maxSelectedChoices')}
        />
      )}
      {type === 'rating' && !Array.isArray(json.rateValues) && (
        <>
          <NumberField label="最高几分" min={2} max={10} value={json.rateMax ?? 5} change={number('rateMax')} />
          <WordsField
            label="最低分的意思"
            maxLength={20}
            value={textOf(json.minRateDescription)}
            change={words('minRateDescription')}
          />
          <WordsField
            label="最高分的意思"
            maxLength={20}
            value={textOf(json.maxRateDescription)}
            change={words('maxRateDescription')}
          />
        </>
      )}
      {isNumber && <NumberField label="最小" value={json.min} change={number('min')} />}
      {isNumber && <NumberField label="最大" value={json.max} change={number('max')} />}
      {(type === 'comment' || (type === 'text' && !isNumber)) && (
        <NumberField label="最多写几个字" min={1} max={10_000} value={json.maxLength} change={number('maxLength')} />
      )}
      {type === 'boolean' && (
        <>
          <WordsField label="“是”的文字" maxLength={20} value={textOf(json.labelTrue)} change={words('labelTrue')} />
          <WordsField label="“否”的文字" maxLength={20} value={textOf(json.labelFalse)} change={words('labelFalse')} />
        </>
      )}
    </div>
  )
}

function Kept({ label, expression }: { label: string; expression: unknown }) {
  if (typeof expression !== 'string' || expression.trim() === '') return null
  return (
    <p className="under">
      {label}（保持原样）：<code>{expression}</code>
    </p>
  )
}

/** Deleting, asked back where figures or other questions rest on the question. */
function Removal({ entry, role }: { entry: Entry; role?: DemandRole }) {
  const { definition, change } = useDesk()
  const [isAsked, ask] = useState(false)
  const readers = readersOf(definition, entry.name)
  const remove = () => {
    ask(false)
    change((now) => removeAt(now, entry.place), { pick: [entry.place[0] ?? 0] })
  }
  return (
    <>
      <Button danger onClick={() => (role || readers.length > 0 ? ask(true) : remove())}>
        删除
      </Button>
      <Modal
        open={isAsked}
        title={`删除“${entry.title}”？`}
        okText="删除"
        okButtonProps={{ danger: true }}
        onOk={remove}
        onCancel={() => ask(false)}
      >
        {role && (
          <p>这道题计入需求测算（{roleWords[role] ?? role}）。删了它，相关的数字这一版就算不出来，也不能和以前比较。</p>
        )}
        {readers.length > 0 && (
          <p>下面的题要看它的回答才问，删了它要另改条件：{readers.map(({ title }) => `“${title}”`).join('、')}。</p>
        )}
        <p>删错了可以点“撤销”。</p>
      </Modal>
    </>
  )
}
