import type { Slip } from '../../shared/people/api.ts'
import { momentWords } from './people-words.ts'

interface Props {
  slips: readonly Slip[]
  district: string
  /** Where the desk is opened. */
  address: string
}

const PER_SHEET = 8

/** Sheets of A4 with eight slips each, to be cut along the dashed lines. */
export function SlipSheets({ slips, ...heading }: Props) {
  const sheets = Array.from({ length: Math.ceil(slips.length / PER_SHEET) }, (_, at) =>
    slips.slice(at * PER_SHEET, (at + 1) * PER_SHEET),
  )
  return sheets.map((some) => <Sheet key={some[0]!.person} slips={some} {...heading} />)
}

function Sheet({ slips, district, address }: Props) {
  return (
    <ul className="slips">
      {slips.map((slip) => (
        <li key={slip.person}>
          <p className="head">{district} · 以需工作台 首次登录纸条</p>
          <p className="who">
            <b>{slip.name}</b> 用户名 <b className="typed">{slip.username}</b>
          </p>
          <p className="code">
            <span>一次性代码</span>
            <b className="typed">{slip.code}</b>
          </p>
          <ol>
            <li>
              用电脑或手机的浏览器打开 <span className="typed">{address}</span>。
            </li>
            <li>输入用户名，在密码一栏输入上面的代码。</li>
            <li>按提示设好自己的密码，以后用密码登录。</li>
          </ol>
          <p className="until">{momentWords(slip.validUntil)} 前有效，只能用一次；用完请撕掉。</p>
        </li>
      ))}
    </ul>
  )
}
