import { useQueryClient } from '@tanstack/react-query'
import { Button, Drawer } from 'antd'
import { type FormEvent, useState } from 'react'
import { Link } from 'react-router'
import { type ImportedPeople, importPeople, type Me, staffTemplate } from '../../shared/people/api.ts'
import type { District } from '../../shared/places/api.ts'
import { call, reasonOf } from '../api/call.ts'
import { download } from '../api/download.ts'
import { Refusal } from '../kit/refusal.tsx'
import { saveFile } from '../kit/save-file.ts'
import { Scroll } from '../kit/scroll.tsx'
import { readPeopleAnew } from './people-changed.ts'
import { holdSlips } from './slip-shelf.ts'

interface Props {
  district: District
  me: Me
  isOpen: boolean
  close(): void
}

/** Brings in a list of staff: all of them with a slip each, or nobody and a report. */
export function ImportDrawer({ isOpen, close, ...rest }: Props) {
  return (
    <Drawer open={isOpen} onClose={close} size="min(640px, 100vw)" title="从表格导入人员" destroyOnHidden>
      <Import {...rest} />
    </Drawer>
  )
}

function Import({ district, me }: Omit<Props, 'isOpen' | 'close'>) {
  const params = { district: district.code }
  const queries = useQueryClient()
  const [report, setReport] = useState<ImportedPeople>()
  const [refused, setRefused] = useState('')
  const [isBusy, setBusy] = useState(false)
  const attempt = async (work: () => Promise<void>) => {
    setBusy(true)
    setRefused('')
    await work().catch((error: unknown) => setRefused(reasonOf(error).message))
    setBusy(false)
  }
  const fetchTemplate = () =>
    attempt(async () => {
      const { name, blob } = await download(staffTemplate, params)
      saveFile(name, blob)
    })
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const file = form.get('file')
    if (!(file instanceof File) || file.size === 0) return setRefused('请先选择填好的表格。')
    void attempt(async () => {
      setReport(undefined)
      const answer = await call(importPeople, params, { form })
      holdSlips(me, answer.added)
      setReport(answer)
      if (answer.added.length > 0) await readPeopleAnew(queries, district.code)
    })
  }
  return (
    <>
      <ol className="import">
        <li>
          <p>下载模板，按“填写说明”一行填一人。可填的角色和范围都列在里面。</p>
          <Button onClick={fetchTemplate} disabled={isBusy}>
            下载模板
          </Button>
        </li>
        <li>
          <p>选择填好的表格导入。有一行不对就一个人也不导入，并逐行告诉您要改什么。</p>
          <form onSubmit={send}>
            <label className="field">
              填好的表格（XLSX 或 CSV）
              <input name="file" type="file" accept=".xlsx,.csv" onChange={() => setReport(undefined)} />
            </label>
            <div className="actions">
              <Button type="primary" htmlType="submit" loading={isBusy}>
                导入
              </Button>
            </div>
          </form>
        </li>
      </ol>
      {refused && <Refusal message={refused} />}
      {report && <Report {...report} />}
    </>
  )
}

function Report({ added, wrong }: ImportedPeople) {
  if (wrong.length === 0)
    return (
      <section aria-label="导入结果">
        <p role="status">已导入{added.length}人，每人一张首次登录的纸条；代码只显示这一次，请当场打印。</p>
        <div className="actions">
          <Link className="small main" to="/people/slips">
            打印{added.length}张纸条
          </Link>
        </div>
      </section>
    )
  return (
    <section aria-label="导入结果">
      <p className="refusal" role="alert">
        有{wrong.length}处要改，一个人也没有导入。请在表格里改好后重新选择文件导入。
      </p>
      <Scroll label="要改的地方">
        <table className="plain">
          <caption className="unseen">要改的地方</caption>
          <thead>
            <tr>
              <th scope="col" className="number">
                行
              </th>
              <th scope="col">列</th>
              <th scope="col">要改什么</th>
            </tr>
          </thead>
          <tbody>
            {wrong.map(({ row, column, message }) => (
              <tr key={`${row} ${column} ${message}`}>
                <td className="number">{row}</td>
                <td>{column || '整行'}</td>
                <td>{message}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  )
}
