import { Input, Select } from 'antd'
import type { Community } from '../../shared/places/api.ts'
import { type AnswerState, answerStates } from '../../shared/themes/api.ts'
import { RoundPicker } from '../kit/round-picker.tsx'
import type { ThemesSeen } from './open-answers-page.tsx'
import type { Search } from './use-queue.ts'
import { stateNames } from './words.ts'

interface Props {
  search: Search
  change(part: Partial<Search>): void
  themes: ThemesSeen
  communities: Community[]
}

/** By state, community, theme and question, and for words in the text. */
export function QueueFilters({ search, change, themes, communities }: Props) {
  const { states, dictionary, questions } = themes
  const options = (all: string, entries: { value: string; label: string }[]) => [{ value: '', label: all }, ...entries]
  const picker = (key: keyof Search, label: string, choices: { value: string; label: string }[], find = false) => (
    <label htmlFor={`open-${key}`}>
      {label}
      <Select
        id={`open-${key}`}
        value={search[key] ?? ''}
        options={choices}
        showSearch={find ? { optionFilterProp: 'label' } : false}
        onChange={(value) => change({ [key]: value || undefined })}
      />
    </label>
  )
  return (
    <section className="filters" aria-label="筛选">
      <RoundPicker
        id="open-round"
        rounds={themes.rounds}
        value={search.round ?? ''}
        change={(round) => change({ round: round || undefined })}
      />
      {picker(
        'state',
        '状态',
        options(
          '全部状态',
          answerStates.map((value: AnswerState) => ({
            value,
            label: `${stateNames[value]}（${states[value].toLocaleString('zh-CN')}）`,
          })),
        ),
      )}
      {picker(
        'community',
        '社区',
        options(
          '全部社区',
          communities.map(({ code, name }) => ({ value: code, label: name })),
        ),
        true,
      )}
      {picker(
        'code',
        '主题',
        options(
          '全部主题',
          dictionary.codes.map(({ code, name }) => ({ value: code, label: name })),
        ),
        true,
      )}
      {questions.length > 1 &&
        picker(
          'question',
          '题目',
          options(
            '全部题目',
            questions.map(({ name, title }) => ({ value: name, label: title })),
          ),
        )}
      <label htmlFor="open-search">
        文字里找
        <Input.Search
          id="open-search"
          allowClear
          maxLength={40}
          placeholder="例如：充电"
          onSearch={(words) => change({ search: words.trim() || undefined })}
        />
      </label>
    </section>
  )
}
