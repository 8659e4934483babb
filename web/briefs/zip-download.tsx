import { useRef, useState } from 'react'
import { downloadBriefs } from '../../shared/briefs/api.ts'
import { reasonOf } from '../api/call.ts'
import { download } from '../api/download.ts'
import { saveFile } from '../kit/save-file.ts'
import { fileCounter } from './count-files.ts'

type Face =
  | { face: 'ready' }
  | { face: 'coming'; bytes: number; files: number }
  | { face: 'refused'; message: string }
  | { face: 'done'; name: string; bytes: number; files: number }

const megabytes = (bytes: number): string => `${(bytes / 1_048_576).toFixed(1)} MB`

/** Takes all briefs of a district home in one ZIP, says how far it is, and can be stopped. */
export function ZipDownload({ district }: { district: string }) {
  const [face, setFace] = useState<Face>({ face: 'ready' })
  const stop = useRef<AbortController>(undefined)
  const start = async () => {
    const stopper = new AbortController()
    stop.current = stopper
    setFace({ face: 'coming', bytes: 0, files: 0 })
    setFace(await fetched(district, stopper.signal, setFace))
  }
  return (
    <div className="actions">
      <button type="button" className="small" disabled={face.face === 'coming'} onClick={start}>
        下载全部一社一案（ZIP）
      </button>
      <span role="status">
        {face.face === 'coming' && `正在编制和打包：已收到${face.files}个文件，${megabytes(face.bytes)}`}
        {face.face === 'done' && `已下载“${face.name}”：${face.files}个文件，${megabytes(face.bytes)}`}
        {face.face === 'refused' && face.message}
      </span>
      {face.face === 'coming' && (
        <button type="button" className="small" onClick={() => stop.current?.abort()}>
          停止下载
        </button>
      )}
    </div>
  )
}

async function fetched(district: string, signal: AbortSignal, show: (face: Face) => void): Promise<Face> {
  const count = fileCounter()
  let bytes = 0
  let files = 0
  const arrived = (piece: Uint8Array) => {
    bytes += piece.length
    files = count(piece)
    show({ face: 'coming', bytes, files })
  }
  try {
    const { name, blob } = await download(downloadBriefs, { district }, { signal, arrived })
    saveFile(name, blob)
    return { face: 'done', name, bytes, files }
  } catch (error) {
    if (signal.aborted) return { face: 'refused', message: '已停止，没有保存文件。需要时可以重新下载。' }
    return { face: 'refused', message: reasonOf(error).message }
  }
}
