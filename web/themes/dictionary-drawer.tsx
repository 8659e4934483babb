import { Button, Drawer, Input, Select, Switch } from 'antd'
import { useState } from 'react'
import { type ThemeCode, writeDictionary } from '../../shared/themes/api.ts'
import { call, Refused, reasonOf } from '../api/call.ts'
import { usePermitted } from '../kit/permitted.tsx'
import { Refusal } from '../kit/refusal.tsx'
import type { ThemesSeen } from './open-answers-page.tsx'

interface Props {
  district: string
  services: ReadonlyMap<string, string>
  themes: ThemesSeen
  changed(): void
}

/** Opens the dictionary for those who may change it. */
export function DictionaryButton(props: Props) {
  const [isOpen, setOpen] = useState(false)
  const { may } = usePermitted()
  if (!may(writeDictionary)) return null
  return (
    <div className="actions">
      <Button onClick={() => setOpen(true)}>编辑词典</Button>
      <Drawer
        open={isOpen}
        onClose={() => setOpen(false)}
        title="开放意见的词典"
        size="min(720px, 100vw)"
        destroyOnHidden
      >
        <Editor {...props} close={() => setOpen(false)} />
      </Drawer>
    </div>
  )
}

interface Merge {
  from: string
  into: string
}

function Editor({ district, services, themes, changed, close }: Props & { close(): void }) {
  const [{ revision, codes: first }] = useState(themes.dictionary)
  const [codes, setCodes] = useState(first)
  const [merges, setMerges] = useState<Merge[]>([])
  const [refused, setRefused] = useState<string>()
  const put = (at: number, part: Partial<ThemeCode>) =>
    setCodes(codes.map((code, index) => (index === at ? { ...code, ...part } : code)))
  const add = (word?: string) =>
    setCodes([
      {
        code: `c${Date.now().toString(36)}`,
        name: word ?? '',
        service: null,
        keywords: word ? [word] : [],
        retired: false,
      },
      ...codes,
    ])

  async function save(): Promise<void> {
    try {
      await call(writeDictionary, { district }, { body: { base: revision, codes, merges } })
      changed()
      close()
    } catch (error) {
      const details = error instanceof Refused ? (error.problem.details ?? []) : []
      setRefused([reasonOf(error).message, ...details.map(({ message }) => message)].join(' '))
    }
  }

  return (
    <>
      <p className="under">
        改动会记入审计，保存后在后台重新给出建议；已经确认的不变。不用的主题请停用，或并入别的主题。
      </p>
      {themes.words.length > 0 && (
        <>
          <h3>没有建议的意见里常见的词</h3>
          <p className="words">
            {themes.words.slice(0, 30).map(({ word, answers }) => (
              <Button key={word} size="small" onClick={() => add(word)} aria-label={`为“${word}”加一个主题`}>
                {word}（{answers}）
              </Button>
            ))}
          </p>
        </>
      )}
      <div className="actions">
        <Button onClick={() => add()}>加一个主题</Button>
        <Button type="primary" disabled={codes.some(({ name }) => name.trim() === '')} onClick={() => void save()}>
          保存词典
        </Button>
      </div>
      {refused && <Refusal message={refused} />}
      {codes.map((code, at) => (
        <Line
          key={code.code}
          {...{ code, codes, services }}
          put={(part) => put(at, part)}
          into={merges.find(({ from }) => from === code.code)?.into}
          merge={(into) =>
            setMerges([
              ...merges.filter(({ from }) => from !== code.code),
              ...(into ? [{ from: code.code, into }] : []),
            ])
          }
        />
      ))}
    </>
  )
}

interface LineProps {
  code: ThemeCode
  codes: ThemeCode[]
  services: ReadonlyMap<string, string>
  put(part: Partial<ThemeCode>): void
  into: string | undefined
  merge(into: string | undefined): void
}

function Line({ code: { code, name, service, keywords, retired }, codes, services, put, into, merge }: LineProps) {
  const others = codes.filter((each) => each.code !== code && !each.retired)
  return (
    <fieldset className="theme">
      <legend>{name || '新主题'}</legend>
      <label htmlFor={`${code}-name`}>
        名称
        <Input id={`${code}-name`} value={name} maxLength={20} onChange={({ target }) => put({ name: target.value })} />
      </label>
      <label htmlFor={`${code}-service`}>
        对应服务
        <Select
          id={`${code}-service`}
          value={service ?? ''}
          options={[{ value: '', label: '没有' }, ...[...services].map(([value, label]) => ({ value, label }))]}
          onChange={(value) => put({ service: value || null })}
        />
      </label>
      <label htmlFor={`${code}-keywords`} className="wide">
        关键词（回车加一个）
        <Select
          id={`${code}-keywords`}
          mode="tags"
          open={false}
          suffixIcon={null}
          value={keywords}
          tokenSeparators={['，', ',', '、', ' ']}
          onChange={(words: string[]) =>
            put({ keywords: words.map((word) => word.trim().slice(0, 20)).filter(Boolean) })
          }
        />
      </label>
      <label htmlFor={`${code}-merge`}>
        并入
        <Select
          id={`${code}-merge`}
          value={into ?? ''}
          options={[{ value: '', label: '不并入' }, ...others.map((each) => ({ value: each.code, label: each.name }))]}
          onChange={(value) => merge(value || undefined)}
        />
      </label>
      <label htmlFor={`${code}-used`}>
        使用中
        <Switch id={`${code}-used`} checked={!retired} onChange={(used) => put({ retired: !used })} />
      </label>
    </fieldset>
  )
}
