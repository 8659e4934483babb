import { Button, Input } from 'antd'
import type { Json } from '../../shared/surveys/definition.ts'
import { changeAt, type Entry } from '../../shared/surveys/edit.ts'
import {
  addChoice,
  addService,
  choicesIn,
  type ListName,
  moveChoice,
  removeChoice,
  removeService,
  renameChoice,
} from '../../shared/surveys/edit-choices.ts'
import { useDesk } from './edit-context.ts'

const words: Record<ListName, string> = { choices: '选项', rows: '行', columns: '列', rateValues: '分值' }

interface Props {
  entry: Entry
  list: ListName
  /** Codes mean something to the figures: only words and order may be changed. */
  isFixed?: boolean
  /** The services of the questionnaire, which stand in several questions. */
  isServices?: boolean
}

/** What can be chosen: words and order change, the codes behind them never do. */
export function ChoiceList({ entry: { json, place }, list, isFixed, isServices }: Props) {
  const { change, freshCode } = useDesk()
  const choices = choicesIn(json, list)
  const word = words[list]
  const edit = (how: (json: Json) => Json, field?: string) => change((now) => changeAt(now, place, how), { field })
  const add = () => {
    const choice = { value: freshCode('c'), text: `新${word}` }
    if (isServices) change((now) => addService(now, choice))
    else edit((one) => addChoice(one, list, choice))
  }
  const remove = (at: number) => {
    const { value } = choices[at]!
    if (isServices) change((now) => removeService(now, value))
    else edit((one) => removeChoice(one, list, at))
  }
  return (
    <fieldset className="edit-list">
      <legend>{word}</legend>
      <ol>
        {choices.map(({ value, text }, at) => (
          <li key={String(value)}>
            <Input
              aria-label={`${word}${at + 1}`}
              value={text}
              maxLength={200}
              onChange={(e) =>
                edit((one) => renameChoice(one, list, at, e.target.value), `${place.join()}-${list}-${value}`)
              }
            />
            <Step
              label={`上移“${text}”`}
              sign="↑"
              isOff={at === 0}
              take={() => edit((one) => moveChoice(one, list, at, -1))}
            />
            <Step
              label={`下移“${text}”`}
              sign="↓"
              isOff={at === choices.length - 1}
              take={() => edit((one) => moveChoice(one, list, at, 1))}
            />
            {!isFixed && <Step label={`删去“${text}”`} sign="删" isOff={choices.length < 2} take={() => remove(at)} />}
          </li>
        ))}
      </ol>
      {!isFixed && (
        <Button size="small" onClick={add}>
          加一个{word}
        </Button>
      )}
      {isServices && <p className="under">增减服务时，“现在满足几成”和“最盼望先办”两题会跟着增减。</p>}
    </fieldset>
  )
}

function Step({ label, sign, isOff, take }: { label: string; sign: string; isOff: boolean; take(): void }) {
  return (
    <Button aria-label={label} title={label} disabled={isOff} onClick={take}>
      {sign}
    </Button>
  )
}
