import { type FormEvent, useState } from 'react'
import { withdrawResponse } from '../../shared/surveys/api.ts'
import { readReceipt } from '../../shared/surveys/receipt.ts'
import { call, Refused } from '../api/call.ts'
import { inTime } from '../api/kept-call.ts'
import { forgetReceipt } from './fillings.ts'

type Face =
  | { face: 'asking'; wrong?: string }
  | { face: 'sure'; district: string; code: string; wrong?: string }
  | { face: 'working' }
  | { face: 'done'; again: boolean }

/** Takes an answer back: type the receipt, confirm, done. */
export default function Withdraw() {
  const [typed, setTyped] = useState(() => decodeURIComponent(location.hash.slice(1)))
  const [face, setFace] = useState<Face>({ face: 'asking' })

  const ask = (event: FormEvent) => {
    event.preventDefault()
    const read = readReceipt(typed)
    if (read) setFace({ face: 'sure', ...read })
    else
      setFace({
        face: 'asking',
        wrong: '回执码像 YX-7K2M-9QTR-4BXW 这样：区县字母后面跟着三组四位字母或数字。请对照回执再输一次。',
      })
  }

  const withdraw = async (district: string, code: string) => {
    setFace({ face: 'working' })
    try {
      await inTime((signal) => call(withdrawResponse, { district }, { body: { receipt: code }, signal }))
      await forgetReceipt(code)
      setFace({ face: 'done', again: false })
    } catch (error) {
      const problem = error instanceof Refused ? error.problem : undefined
      if (problem?.code === 'response_withdrawn') setFace({ face: 'done', again: true })
      else if (problem?.code === 'unreachable')
        setFace({ face: 'sure', district, code, wrong: '现在没有网络，答卷还没有撤回；等有网络时再按一次“撤回”。' })
      else setFace({ face: 'asking', wrong: problem?.message ?? '页面出了点问题，请刷新后再试。' })
    }
  }

  return (
    <main className="sheet" aria-live="polite">
      <h1>撤回答卷</h1>
      {face.face === 'asking' && <Asking typed={typed} type={setTyped} ask={ask} wrong={face.wrong} />}
      {face.face === 'sure' && (
        <>
          {face.wrong && <Wrong text={face.wrong} />}
          <p>
            要撤回的是回执码为 <strong className="code">{face.code}</strong> 的答卷。
          </p>
          <p>撤回后，您的答案会立刻删掉，统计数字里也减去这一份，没有办法恢复。</p>
          <div className="choices">
            <button type="button" className="main" onClick={() => withdraw(face.district, face.code)}>
              撤回这份答卷
            </button>
            <button type="button" className="second" onClick={() => setFace({ face: 'asking' })}>
              先不撤回
            </button>
          </div>
        </>
      )}
      {face.face === 'working' && <p className="waiting">正在撤回，请稍等……</p>}
      {face.face === 'done' && (
        <>
          <p className="good">{face.again ? '这份答卷先前已经撤回过了。' : '答卷已经撤回。'}</p>
          <p>您写的内容已经删掉，不再计入统计。以后想说了，重新扫海报上的二维码，随时可以再填。</p>
        </>
      )}
    </main>
  )
}

function Wrong({ text }: { text: string }) {
  return (
    <p className="refusal" role="alert">
      {text}
    </p>
  )
}

function Asking(props: {
  typed: string
  type: (text: string) => void
  ask: (event: FormEvent) => void
  wrong?: string
}) {
  return (
    <>
      {props.wrong && <Wrong text={props.wrong} />}
      <form onSubmit={props.ask} className="asking">
        <label htmlFor="receipt">请输入交卷时得到的回执码</label>
        <input
          id="receipt"
          value={props.typed}
          onChange={(event) => props.type(event.target.value)}
          autoComplete="off"
          autoCapitalize="characters"
          placeholder="例如 YX-7K2M-9QTR-4BXW"
        />
        <p className="small">大小写都行，横线可以不写。</p>
        <button type="submit" className="main">
          下一步
        </button>
      </form>
    </>
  )
}
