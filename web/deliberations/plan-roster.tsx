import { Button, Input } from 'antd'
import { type ChangeEvent, useId, useState } from 'react'
import { importRoster, type Planned, rosterTemplate, setRoster } from '../../shared/deliberations/api.ts'
import { numbered, pastedRoster, type RosterLine, rosterFaults } from '../../shared/deliberations/roster.ts'
import { call } from '../api/call.ts'
import { fetched } from '../kit/fetched.ts'
import { chosenFile } from './chosen-file.ts'
import { PlanFaults } from './plan-faults.tsx'
import { faultsOf } from './plan-words.ts'
import type { PlanParams } from './use-plan.ts'

interface Props {
  params: PlanParams
  planned: Planned
  put(planned: Planned): Promise<void>
}

/** Who is invited: pasted line by line, or from a file. */
export function PlanRoster({ params, planned, put }: Props) {
  const [text, setText] = useState(() => writtenOf(planned))
  const [faults, setFaults] = useState<string[]>([])
  const [said, setSaid] = useState('')
  const [isBusy, setBusy] = useState(false)
  const id = useId()
  const lines = numbered(pastedRoster(text))
  const attempt = async (work: () => Promise<Planned | undefined>) => {
    setBusy(true)
    setFaults([])
    setSaid('')
    try {
      const now = await work()
      if (now) {
        await put(now)
        setText(writtenOf(now))
        setSaid(`名单已保存，共${now.roster.length}人。`)
      }
    } catch (error) {
      setFaults(faultsOf(error))
    }
    setBusy(false)
  }
  const save = () => {
    const wrong = rosterFaults(lines)
    if (wrong.length > 0) return setFaults(['名单有几行要改，还没有保存：', ...wrong.map(({ message }) => message)])
    const people = lines.map(({ line: _, ...who }) => who)
    return attempt(() => call(setRoster, params, { body: { people } }))
  }
  const send = (event: ChangeEvent<HTMLInputElement>) => {
    const form = chosenFile(event)
    if (form) void attempt(() => call(importRoster, params, { form }))
  }
  return (
    <section className="plan-part" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>应到名单</h2>
      <p className="under">
        可以不填。表决按名单算法定人数时才用得上。一行一人：姓名 小区 座位号，后两样可不写；姓名加密保存。
      </p>
      <label htmlFor={id} className="unseen">
        应到名单，一行一人
      </label>
      <Input.TextArea
        id={id}
        rows={6}
        value={text}
        placeholder={'王芳 和平里一区 1\n李明 和平里二区\n赵强'}
        onChange={({ target }) => setText(target.value)}
      />
      <PlanFaults faults={faults} />
      <div className="actions">
        <Button onClick={save} loading={isBusy}>
          保存名单（{lines.length}人）
        </Button>
        <label className="small plan-file">
          从表格导入
          <input type="file" accept=".xlsx,.csv" className="unseen" onChange={send} />
        </label>
        <Button onClick={() => attempt(() => fetched(rosterTemplate, params).then(() => undefined))}>
          下载表格模板
        </Button>
        <span role="status">{said}</span>
      </div>
    </section>
  )
}

const writtenOf = ({ roster }: Planned): string =>
  roster
    .map(({ name, compound, seat }) => lineOf({ name, compound: compound ?? undefined, seat: seat ?? undefined }))
    .join('\n')

const lineOf = ({ name, compound, seat }: RosterLine): string =>
  [name, compound, seat].filter((part) => part !== undefined).join(' ')
