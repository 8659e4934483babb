import { Button } from 'antd'
import { type ChangeEvent, useId, useState } from 'react'
import { attachDocument, type Planned, readDocument, removeDocument } from '../../shared/deliberations/api.ts'
import { addressOf, call } from '../api/call.ts'
import { chosenFile } from './chosen-file.ts'
import { PlanFaults } from './plan-faults.tsx'
import { faultsOf } from './plan-words.ts'
import type { PlanParams } from './use-plan.ts'

interface Props {
  params: PlanParams
  planned: Planned
  put(planned: Planned): Promise<void>
}

/** What residents can read along: PDF files. */
export function PlanDocuments({ params, planned, put }: Props) {
  const [faults, setFaults] = useState<string[]>([])
  const [isBusy, setBusy] = useState(false)
  const id = useId()
  const attempt = async (work: () => Promise<Planned>) => {
    setBusy(true)
    setFaults([])
    await work().then(put, (error: unknown) => setFaults(faultsOf(error)))
    setBusy(false)
  }
  const send = (event: ChangeEvent<HTMLInputElement>) => {
    const form = chosenFile(event)
    if (form) void attempt(() => call(attachDocument, params, { form }))
  }
  return (
    <section className="plan-part" aria-labelledby={id}>
      <h2 id={id}>会议材料</h2>
      <p className="under">例如方案草案。居民进了房间就能下载；只收 PDF，每份不超过 10 MB。</p>
      {planned.documents.length > 0 && (
        <ul className="plan-documents">
          {planned.documents.map(({ id: document, name, sizeBytes }) => (
            <li key={document}>
              <a href={addressOf(readDocument, { ...params, document })} download>
                {name}
              </a>
              <small className="note">（{sizeWords(sizeBytes)}）</small>{' '}
              <button
                type="button"
                className="link"
                aria-label={`撤下${name}`}
                disabled={isBusy}
                onClick={() => attempt(() => call(removeDocument, { ...params, document }))}
              >
                撤下
              </button>
            </li>
          ))}
        </ul>
      )}
      <PlanFaults faults={faults} />
      <div className="actions">
        <label className="small plan-file">
          添加材料
          <input type="file" accept=".pdf,application/pdf" className="unseen" disabled={isBusy} onChange={send} />
        </label>
        {isBusy && <Button type="text" loading aria-label="正在上传" />}
      </div>
    </section>
  )
}

const sizeWords = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1_000))} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`
