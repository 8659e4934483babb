import { Button, Checkbox, Input, Radio } from 'antd'
import { type FormEvent, useState } from 'react'
import { type ExportEdition, exportFigures, exportMicrodata, type MicrodataFormat } from '../../shared/exports/api.ts'
import { call, reasonOf } from '../api/call.ts'
import { Refusal } from '../kit/refusal.tsx'
import { editions, formats } from './words.ts'

interface Props {
  params: { district: string; survey: string }
  microdata: boolean
  figures: boolean
  done(): void
}

type What = 'microdata' | 'figures'

/** What is wanted, in which form and what for. */
export function ExportForm({ params, microdata, figures, done }: Props) {
  const [what, setWhat] = useState<What>(microdata ? 'microdata' : 'figures')
  const [format, setFormat] = useState<MicrodataFormat>('xlsx')
  const [excluded, setExcluded] = useState(false)
  const [edition, setEdition] = useState<ExportEdition>('staff')
  const [purpose, setPurpose] = useState('')
  const [said, setSaid] = useState<{ refused?: string; begun?: boolean }>({})
  const [isBusy, setBusy] = useState(false)
  if (!microdata && !figures) return null
  const start = async (event: FormEvent) => {
    event.preventDefault()
    const why = purpose.trim()
    if (why.length < 2) return setSaid({ refused: '请先写明用途，至少 2 个字，例如“年度分析”。' })
    setBusy(true)
    try {
      if (what === 'microdata') await call(exportMicrodata, params, { body: { format, excluded, purpose: why } })
      else await call(exportFigures, params, { body: { edition, purpose: why } })
      setSaid({ begun: true })
      done()
    } catch (error) {
      setSaid({ refused: reasonOf(error).message })
    }
    setBusy(false)
  }
  return (
    <form className="panel exports-form" onSubmit={start} noValidate>
      {microdata && figures && (
        <fieldset>
          <legend>导出什么</legend>
          <Radio.Group
            name="what"
            value={what}
            onChange={({ target }) => setWhat(target.value)}
            options={[
              { value: 'microdata', label: '答卷微观数据（已归并）' },
              { value: 'figures', label: '各社区需求（GeoJSON）' },
            ]}
          />
        </fieldset>
      )}
      {what === 'microdata' ? (
        <fieldset>
          <legend>格式</legend>
          <Radio.Group
            name="format"
            value={format}
            onChange={({ target }) => setFormat(target.value)}
            options={[...formats]}
          />
          <Checkbox checked={excluded} onChange={({ target }) => setExcluded(target.checked)}>
            连同复核时排除的答卷，另加一列说明
          </Checkbox>
        </fieldset>
      ) : (
        <fieldset>
          <legend>版本</legend>
          <Radio.Group
            name="edition"
            value={edition}
            onChange={({ target }) => setEdition(target.value)}
            options={[...editions]}
          />
        </fieldset>
      )}
      <label htmlFor="export-purpose">
        用途（必填，会记入审计）
        <Input
          id="export-purpose"
          value={purpose}
          maxLength={200}
          required
          autoComplete="off"
          onChange={({ target }) => setPurpose(target.value)}
        />
      </label>
      <div className="actions">
        <Button type="primary" htmlType="submit" loading={isBusy}>
          开始导出
        </Button>
        <span role="status">{said.begun && '已开始，进度见下面的表。'}</span>
      </div>
      {said.refused && <Refusal message={said.refused} />}
    </form>
  )
}
