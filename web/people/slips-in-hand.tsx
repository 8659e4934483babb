import { Link } from 'react-router'
import type { Me } from '../../shared/people/api.ts'
import { useSlips } from './slip-shelf.ts'

/** Says that there are slips which have to be printed before the window is closed. */
export function SlipsInHand({ me }: { me: Me }) {
  const slips = useSlips(me)
  if (slips.length === 0) return null
  return (
    <p className="panel slips-in-hand" role="status">
      这个窗口里有{slips.length}张首次登录的纸条，关闭或刷新窗口后就看不到了。
      <Link className="small main" to="/people/slips">
        打印纸条
      </Link>
    </p>
  )
}
