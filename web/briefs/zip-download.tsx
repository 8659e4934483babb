import { useRef, useState } from 'react'
import { briefsInside, downloadBriefs } from '../../shared/briefs/api.ts'
import { reasonOf } from '../api/call.ts'
import { download } from '../api/download.ts'
import { saveFile } from '../kit/save-file.ts'
import { fileCounter } from './count-files.ts'

type Face =
  | { face: 'ready' }
  | { face: 'coming'; bytes: number; briefs: number; all: number }
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
    setFace({ face: 'coming', bytes: 0, briefs: 0, all: 0 })
    setFace(await fetched(district, stopper.signal, setFace))
  }
  return (
    <div className="actions">
      <button type="button" className="small" disabled={face.face === 'coming'} onClick={start}>
        下载全部一社一案（ZIP）
      </button>
      <span role="status">
        {face.face === 'coming' && <Progress {...face} />}
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

/** Before the first brief has come, nobody can say how many there will be. */
function Progress({ bytes, briefs, all }: { bytes: number; briefs: number; all: number }) {
  if (all === 0) return '正在编制第一份，请稍候……'
  return (
    <>
      <progress value={briefs} max={all} aria-hidden="true" /> 正在编制和打包：已完成{briefs}份，共{all}份（
      {megabytes(bytes)}）
    </>
  )
}

async function fetched(district: string, signal: AbortSignal, show: (face: Face) => void): Promise<Face> {
  const count = fileCounter()
  let bytes = 0
  let all = 0
  let counted = { files: 0, briefs: 0 }
  const begun = (headers: Headers) => {
    all = Number(headers.get(briefsInside))
  }
  const arrived = (piece: Uint8Array) => {
    bytes += piece.length
    counted = count(piece)
    show({ face: 'coming', bytes, briefs: counted.briefs, all })
  }
  try {
    const { name, blob } = await download(downloadBriefs, { district }, { signal, begun, arrived })
    saveFile(name, blob)
    return { face: 'done', name, bytes, files: counted.files }
  } catch (error) {
    if (signal.aborted) return { face: 'refused', message: '已停止，没有保存文件。需要时可以重新下载。' }
    return { face: 'refused', message: reasonOf(error).message }
  }
}
