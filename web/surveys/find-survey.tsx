import { type FormEvent, useState } from 'react'
import { readLinkCode } from '../../shared/surveys/receipt.ts'

/** For whoever has the poster's short code but cannot scan, or scanned something that does not exist. */
export function FindSurvey({ message }: { message?: string }) {
  const [typed, setTyped] = useState('')
  const [wrong, setWrong] = useState<string | undefined>(message)
  const open = (event: FormEvent) => {
    event.preventDefault()
    const read = readLinkCode(typed)
    if (read) location.assign(`/s/${read.code}`)
    else setWrong('短码像 YX-3F7K2Q 这样：两到四个字母、一横、六位字母或数字。请对照海报再输一次。')
  }
  return (
    <main className="sheet">
      <h1>打开社区问卷</h1>
      {wrong && (
        <p className="refusal" role="alert">
          {wrong}
        </p>
      )}
      <form onSubmit={open} className="asking">
        <label htmlFor="code">请输入海报上二维码旁边的短码</label>
        <input
          id="code"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          autoComplete="off"
          autoCapitalize="characters"
          placeholder="例如 YX-3F7K2Q"
        />
        <button type="submit" className="main">
          打开问卷
        </button>
      </form>
      <p className="small">
        想撤回交过的答卷？请到<a href="/withdraw">撤回页面</a>，输入回执码。
      </p>
    </main>
  )
}
