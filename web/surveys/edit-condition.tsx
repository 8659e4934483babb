import { Button, InputNumber, Radio, Select } from 'antd'
import {
  type Asks,
  askWords,
  type Clause,
  readCondition,
  type Said,
  sayCondition,
  type Topic,
  topicOf,
  type Value,
  writeCondition,
} from '../../shared/surveys/condition-words.ts'
import { changeAt, entriesOf, type Place, withProperty } from '../../shared/surveys/edit.ts'
import { useDesk } from './edit-context.ts'

interface Props {
  /** A question or a page. */
  what: { place: Place; json: Record<string, unknown> }
  noun: '题' | '页'
}

/** When a question is asked, in words. What words cannot say stays as it was written. */
export function ConditionField({ what: { place, json }, noun }: Props) {
  const { definition, change } = useDesk()
  const expression = typeof json.visibleIf === 'string' ? json.visibleIf : ''
  const all = entriesOf(definition).flatMap((entry) => topicOf(entry) ?? [])
  const said = expression === '' ? undefined : readCondition(expression, all)
  const earlier = topicsBefore(definition, place)
  const put = (next: Said | undefined) => {
    const written = next && next.clauses.length > 0 ? writeCondition(next) : undefined
    change((now) => changeAt(now, place, (one) => withProperty(one, 'visibleIf', written)))
  }
  const first = earlier.find(({ choices }) => choices.length > 0) ?? earlier[0]
  return (
    <fieldset className="edit-condition">
      <legend>什么时候问</legend>
      <Radio.Group
        value={expression === '' ? 'always' : 'sometimes'}
        onChange={({ target }) => put(target.value === 'always' || !first ? undefined : beginWith(first))}
        options={[
          { value: 'always', label: '总是问' },
          { value: 'sometimes', label: '满足条件才问', disabled: !first && expression === '' },
        ]}
      />
      {!first && expression === '' && <p className="under">前面还没有题目，条件要看前面题目的回答。</p>}
      {said && <Clauses said={said} topics={withUsed(earlier, all, said)} put={put} />}
      {said && (
        <p className="edit-said">
          {sayCondition(said, all)}这一{noun}。
        </p>
      )}
      {expression !== '' && !said && (
        <p className="under">
          这个条件用几句话说不清，按原样保留：<code>{expression}</code>。要改它，请下载 JSON，找熟悉 SurveyJS 的同事。
        </p>
      )}
    </fieldset>
  )
}

/** Questions that are answered before this one is reached. */
function topicsBefore(definition: Record<string, unknown>, place: Place): Topic[] {
  const isBefore = (other: Place) => {
    const at = other.findIndex((step, index) => step !== place[index])
    return at >= 0 && place[at] !== undefined && other[at]! < place[at]
  }
  return entriesOf(definition)
    .filter((entry) => isBefore(entry.place))
    .flatMap((entry) => topicOf(entry) ?? [])
}

const withUsed = (earlier: Topic[], all: Topic[], { clauses }: Said): Topic[] => {
  const wanted = new Set([...earlier.map(({ name }) => name), ...clauses.map(({ question }) => question)])
  return all.filter(({ name }) => wanted.has(name))
}

const beginWith = (topic: Topic): Said => ({ joined: 'and', clauses: [clauseOn(topic)] })

/** The first thing that can be said of a question. */
function clauseOn({ name, asks, choices }: Topic, wanted = asks[0] as Asks): Clause {
  if (wanted === 'answered' || wanted === 'unanswered') return { question: name, asks: wanted }
  return { question: name, asks: wanted, value: choices[0]?.value ?? 0 }
}

function Clauses({ said, topics, put }: { said: Said; topics: Topic[]; put(said: Said): void }) {
  const { joined, clauses } = said
  const replace = (at: number, clause: Clause) => put({ ...said, clauses: clauses.with(at, clause) })
  const last = topics.find(({ name }) => name === clauses.at(-1)?.question)
  return (
    <>
      {clauses.map((clause, at) => (
        <div className="edit-clause" key={at}>
          {at > 0 && (
            <Select
              aria-label="几个条件之间"
              value={joined}
              options={[
                { value: 'and', label: '并且' },
                { value: 'or', label: '或者' },
              ]}
              onChange={(next) => put({ joined: next, clauses })}
            />
          )}
          <ClauseFields clause={clause} topics={topics} name={`第${at + 1}个条件`} put={(next) => replace(at, next)} />
          {clauses.length > 1 && (
            <Button
              aria-label={`去掉第${at + 1}个条件`}
              onClick={() => put({ joined, clauses: clauses.toSpliced(at, 1) })}
            >
              去掉
            </Button>
          )}
        </div>
      ))}
      {last && (
        <Button size="small" onClick={() => put({ joined, clauses: [...clauses, clauseOn(last)] })}>
          再加一个条件
        </Button>
      )}
    </>
  )
}

interface FieldsProps {
  clause: Clause
  topics: Topic[]
  name: string
  put(clause: Clause): void
}

function ClauseFields({ clause, topics, name, put }: FieldsProps) {
  const topic = topics.find((one) => one.name === clause.question)
  if (!topic) return null
  const choose = (asks: Asks) => {
    const { value } = clause
    put(
      value === undefined || asks === 'answered' || asks === 'unanswered' ? clauseOn(topic, asks) : { ...clause, asks },
    )
  }
  return (
    <>
      <Select
        aria-label={`${name}：题目`}
        className="edit-topic"
        showSearch={{ optionFilterProp: 'label' }}
        value={clause.question}
        options={topics.map(({ name: value, title }) => ({ value, label: title }))}
        onChange={(question) => put(clauseOn(topics.find((one) => one.name === question) as Topic))}
      />
      <Select
        aria-label={`${name}：怎样回答`}
        value={clause.asks}
        options={topic.asks.map((value) => ({ value, label: askWords[value] }))}
        onChange={choose}
      />
      {clause.value !== undefined && topic.choices.length > 0 && (
        <Select
          aria-label={`${name}：选项`}
          className="edit-topic"
          value={String(clause.value)}
          options={topic.choices.map(({ value, text }) => ({ value: String(value), label: text }))}
          onChange={(chosen) => {
            const value = topic.choices.find((choice) => String(choice.value) === chosen)?.value
            if (value !== undefined) put({ ...clause, value })
          }}
        />
      )}
      {clause.value !== undefined && topic.choices.length === 0 && (
        <InputNumber
          aria-label={`${name}：数字`}
          value={clause.value as number}
          onChange={(value: Value | null) => typeof value === 'number' && put({ ...clause, value })}
        />
      )}
    </>
  )
}
