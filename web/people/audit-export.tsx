import { Button, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { type AuditFilter, exportAudit } from '../../shared/people/audit-api.ts'
import { reasonOf } from '../api/call.ts'
import { download } from '../api/download.ts'
import { Refusal } from '../kit/refusal.tsx'
import { saveFile } from '../kit/save-file.ts'

interface Props {
  district: string
  filter: AuditFilter
  /** The export is itself an entry. */
  done(): void
}

/** Takes home what was found, for a purpose that has to be said. */
export function AuditExport({ district, filter, done }: Props) {
  const [purpose, setPurpose] = useState('')
  const [said, setSaid] = useState<{ refused?: string; saved?: string }>({})
  const [isBusy, setBusy] = useState(false)
  const take = async (event: FormEvent) => {
    event.preventDefault()
    const why = purpose.trim()
    if (why.length < 2) return setSaid({ refused: '请先写明导出的用途，例如“季度审计”。' })
    setBusy(true)
    try {
      const { name, blob } = await download(exportAudit, { district }, { query: { ...given(filter), purpose: why } })
      saveFile(name, blob)
      setSaid({ saved: name })
      done()
    } catch (error) {
      setSaid({ refused: reasonOf(error).message })
    }
    setBusy(false)
  }
  return (
    <form className="audit-export" onSubmit={take}>
      <label htmlFor="audit-purpose">
        导出的用途（必填，会记入审计）
        <Input
          id="audit-purpose"
          value={purpose}
          maxLength={200}
          required
          onChange={({ target }) => setPurpose(target.value)}
        />
      </label>
      <Button htmlType="submit" loading={isBusy}>
        导出查到的记录（CSV）
      </Button>
      <span role="status">{said.saved && `已下载“${said.saved}”`}</span>
      {said.refused && <Refusal message={said.refused} />}
    </form>
  )
}

/** A filter as it is sent: without what is not asked for. */
export function given(filter: AuditFilter): Record<string, string> {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined))
}
