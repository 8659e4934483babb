import { Button } from 'antd'
import { Link, useNavigate } from 'react-router'
import type { Me } from '../../shared/people/api.ts'
import type { District } from '../../shared/places/api.ts'
import { SlipSheets } from './slip-sheet.tsx'
import { dropSlips, useSlips } from './slip-shelf.ts'
import './slip.css'

/** Slips as they are printed, several to a sheet. */
export default function SlipsPage({ district, me }: { district: District; me: Me }) {
  const slips = useSlips(me)
  const navigate = useNavigate()
  if (slips.length === 0) return <NoSlips />
  const put = async () => {
    await navigate('/people')
    dropSlips()
  }
  return (
    <>
      <div className="not-printed">
        <h1>首次登录的纸条</h1>
        <p className="under">
          共{slips.length}张，A4 纸一页八张，沿虚线裁开，当面交给本人。{onlyOnce}
        </p>
        {isOnlyHere() && (
          <p className="refusal">
            现在打开工作台的地址是 {location.origin}，只有这台电脑能打开。请换用大家都能打开的地址登录，再出纸条。
          </p>
        )}
        <div className="actions">
          <Button type="primary" onClick={() => window.print()}>
            打印
          </Button>
          <Button onClick={put}>已经打印好，收起纸条</Button>
          <Link to="/people">回到人员</Link>
        </div>
      </div>
      <SlipSheets slips={slips} district={district.name} address={`${location.origin}/desk`} />
    </>
  )
}

const onlyOnce = '代码只在这个窗口里，关闭或刷新后就看不到了；丢了可以在“人员”里为本人重新出一张。'

const isOnlyHere = () => ['127.0.0.1', 'localhost', '[::1]'].includes(location.hostname)

function NoSlips() {
  return (
    <>
      <h1>首次登录的纸条</h1>
      <p>
        这个窗口里没有纸条。纸条上的代码只显示一次；需要时请到<Link to="/people">人员</Link>
        里找到本人，点“重新出纸条”。
      </p>
    </>
  )
}
