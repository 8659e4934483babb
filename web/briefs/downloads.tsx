import { useState } from 'react'
import { type Audience, type Format, readBrief } from '../../shared/briefs/api.ts'
import { reasonOf } from '../api/call.ts'
import { download } from '../api/download.ts'
import { saveFile } from '../kit/save-file.ts'

const formats: Record<Format, string> = {
  docx: '下载 DOCX（可修改）',
  pdf: '下载 PDF（可打印）',
  xlsx: '下载 XLSX（表格数据）',
  json: '下载 JSON（程序用）',
}

interface Props {
  district: string
  site: string
  edition: number
  audience: Audience
}

/** One edition as a file in the four formats. */
export function Downloads({ district, site, edition, audience }: Props) {
  const [said, setSaid] = useState('')
  const [busy, setBusy] = useState<string>()
  const fetchFile = async (format: Format) => {
    setBusy(format)
    setSaid('正在生成文件……')
    try {
      const { name, blob } = await download(readBrief, { district, site, edition }, { query: { audience, format } })
      saveFile(name, blob)
      setSaid(`已下载“${name}”`)
    } catch (error) {
      setSaid(reasonOf(error).message)
    }
    setBusy(undefined)
  }
  return (
    <>
      {Object.entries(formats).map(([format, label]) => (
        <button
          key={format}
          type="button"
          className="small"
          disabled={busy !== undefined}
          onClick={() => fetchFile(format as Format)}
        >
          {label}
        </button>
      ))}
      <p role="status" className="under">
        {said}
      </p>
    </>
  )
}
