import { createContext, type FormEvent, type ReactNode, use, useCallback, useRef, useState } from 'react'
import { rememberStaffKey, staffKey } from '../api/staff-key.ts'

/** Asks for the staff key; `wrong` when the one before was refused. Answers undefined when the person thinks better of it. */
export type AskKey = (wrong?: boolean) => Promise<string | undefined>

const Ask = createContext<AskKey>(async () => undefined)

export const useAskKey = (): AskKey => use(Ask)

/** Holds the dialog that asks for the staff key, once in a browser session. */
export function KeyHolder({ children }: { children: ReactNode }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const answer = useRef<(key: string | undefined) => void>(undefined)
  const [wrong, setWrong] = useState(false)
  const ask = useCallback<AskKey>(async (again = false) => {
    setWrong(again)
    dialog.current?.showModal()
    return await new Promise((resolve) => {
      answer.current = resolve
    })
  }, [])
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const key = String(new FormData(event.currentTarget).get('key')).trim()
    if (!key) return
    rememberStaffKey(key)
    event.currentTarget.reset()
    dialog.current?.close()
  }
  return (
    <Ask value={ask}>
      {children}
      <dialog ref={dialog} className="ask" aria-labelledby="ask-key" onClose={() => answer.current?.(staffKey())}>
        <form onSubmit={submit}>
          <h2 id="ask-key">请输入工作密钥</h2>
          <p>
            这项操作会在服务器上留下新的内容，需要工作密钥。密钥在服务器数据目录的 <code>staff-key</code>{' '}
            文件里，或由管理员告知；只在这个窗口里记住，关闭后就忘掉。
          </p>
          {wrong && (
            <p className="refusal" role="alert">
              刚才的密钥不对，请核对后再输入。
            </p>
          )}
          <label className="field">
            工作密钥
            <input name="key" type="password" autoComplete="off" required />
          </label>
          <div className="actions">
            <button type="submit" className="small main">
              确定
            </button>
            <button type="button" className="small" onClick={() => dialog.current?.close()}>
              取消
            </button>
          </div>
        </form>
      </dialog>
    </Ask>
  )
}
