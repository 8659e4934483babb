import { useState } from 'react'
import { type PosterForm, printPoster } from '../../shared/surveys/poster-api.ts'
import { reasonOf } from '../api/call.ts'
import { download } from '../api/download.ts'
import { saveFile } from '../kit/save-file.ts'
import { Scroll } from '../kit/scroll.tsx'

const forms: Record<PosterForm, string> = { poster: '海报', cards: '桌牌' }

interface Props {
  district: string
  survey: string
  /** Communities with their short codes. */
  rows: { community: string; name: string; code: string }[]
}

/** Every community's short code, with its poster and its table cards to print. */
export function PosterTable({ district, survey, rows }: Props) {
  const [said, setSaid] = useState('')
  const [isBusy, setBusy] = useState(false)
  const fetchFile = async (community: string, form: PosterForm) => {
    setBusy(true)
    setSaid('正在生成文件……')
    try {
      const { name, blob } = await download(printPoster, { district, survey, community }, { query: { form } })
      saveFile(name, blob)
      setSaid(`已下载“${name}”`)
    } catch (error) {
      setSaid(reasonOf(error).message)
    }
    setBusy(false)
  }
  return (
    <>
      <p role="status" className="under">
        {said || `共${rows.length}个社区`}
      </p>
      <Scroll label="海报与桌牌">
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">社区</th>
              <th scope="col">短码</th>
              <th scope="col">海报（A4，PDF）</th>
              <th scope="col">桌牌（A4 一版四张，PDF）</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ community, name, code }) => (
              <tr key={community}>
                <th scope="row">{name}</th>
                <td>
                  <code>{code}</code>
                </td>
                {Object.entries(forms).map(([form, label]) => (
                  <td key={form}>
                    <button
                      type="button"
                      className="small"
                      disabled={isBusy}
                      aria-label={`下载${name}的${label}`}
                      onClick={() => fetchFile(community, form as PosterForm)}
                    >
                      下载
                    </button>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  )
}
