import { type FormEvent, useId, useState } from 'react'
import { findRoom } from '../../shared/deliberations/attendance-api.ts'
import { listDistricts } from '../../shared/places/api.ts'
import { Refused } from '../api/call.ts'
import { keptCall } from '../api/kept-call.ts'
import { useCall } from '../api/use-call.ts'

/** For whoever cannot scan: the six digits on the poster. */
export function FindRoom({ message }: { message?: string }) {
  const id = useId()
  const districts = useCall(() => keptCall(listDistricts, undefined), '')
  const known = districts.face === 'ready' ? districts.data : []
  const [chosen, setChosen] = useState('')
  const [typed, setTyped] = useState('')
  const [wrong, setWrong] = useState<string | undefined>(message)
  const [isLooking, setLooking] = useState(false)
  const open = async (event: FormEvent) => {
    event.preventDefault()
    const code = digitsIn(typed)
    const district = known.length === 1 ? known[0]!.code : chosen
    if (districts.face === 'refused') return setWrong(districts.message)
    if (!district) return setWrong('请先选您在哪个区，再输入房间号。')
    if (!/^\d{6}$/.test(code)) return setWrong('房间号是六位数字，印在海报和桌卡上，请再输一次。')
    setLooking(true)
    try {
      await keptCall(findRoom, { district, code })
      location.assign(`/m/${district}/${code}`)
    } catch (error) {
      setWrong(error instanceof Refused ? error.message : '页面出了点问题，请刷新后再试。')
      setLooking(false)
    }
  }
  return (
    <main className="sheet">
      <h1>进入议事会</h1>
      {wrong && (
        <p className="refusal" role="alert">
          {wrong}
        </p>
      )}
      <form onSubmit={(event) => void open(event)} className="asking" noValidate>
        {known.length > 1 && (
          <>
            <label htmlFor={`${id}-district`}>您在哪个区</label>
            <select id={`${id}-district`} value={chosen} onChange={(event) => setChosen(event.target.value)}>
              <option value="">请选择</option>
              {known.map(({ code, name }) => (
                <option key={code} value={code}>
                  {name}
                </option>
              ))}
            </select>
          </>
        )}
        <label htmlFor={`${id}-code`}>请输入海报或桌卡上的六位房间号</label>
        <input
          id={`${id}-code`}
          className="digits"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          inputMode="numeric"
          autoComplete="off"
          placeholder="例如 135790"
        />
        <button type="submit" className="main" disabled={isLooking}>
          {isLooking ? '正在找……' : '进入'}
        </button>
      </form>
      <p className="small">不用注册，也不用下载。进不去的话，请会场工作人员帮您签到。</p>
    </main>
  )
}

/** Spaces between the digits, and digits of a Chinese keyboard. */
const digitsIn = (typed: string): string => typed.normalize('NFKC').replace(/\s/g, '')
