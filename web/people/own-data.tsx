import { useState } from 'react'
import type { Me } from '../../shared/people/api.ts'
import { eraseOneself, readOwnData } from '../../shared/people/personal-data-api.ts'
import { call, reasonOf } from '../api/call.ts'
import { download } from '../api/download.ts'
import { Refusal } from '../kit/refusal.tsx'
import { saveFile } from '../kit/save-file.ts'
import { PhoneCodeFields } from './phone-code-fields.tsx'
import { startAgain } from './session.ts'
import { halfWidth, SessionForm, useSending } from './session-form.tsx'

/** What is held about somebody, for themselves. Staff's accounts are taken away by whoever gave them. */
export function OwnData({ me }: { me: Me }) {
  const [said, say] = useState<{ done?: string; refused?: string }>({})
  const take = async () => {
    try {
      const { name, blob } = await download(readOwnData, undefined)
      saveFile(name, blob)
      say({ done: `已下载“${name}”，里面是平台持有的关于您的全部内容。` })
    } catch (error) {
      say({ refused: reasonOf(error).message })
    }
  }
  return (
    <>
      <div className="actions">
        <button type="button" className="small" onClick={take}>
          导出我的个人信息
        </button>
      </div>
      <p role="status" className="under">
        {said.done}
      </p>
      {said.refused && <Refusal message={said.refused} />}
      {me.hasPassword ? <p className="note">要删除账号和个人信息，请找给您开通账号的人办理。</p> : <Leave me={me} />}
    </>
  )
}

function Leave({ me }: { me: Me }) {
  const sending = useSending()
  return (
    <details className="panel session">
      <summary>注销账号</summary>
      <p>
        账号、姓名、手机号、消息和短信会全部删除，<strong>不能恢复</strong>。填过的问卷不记姓名，不受影响。
      </p>
      <SessionForm
        sending={sending}
        label="注销账号并删除个人信息"
        send={async (field) => {
          await call(eraseOneself, undefined, { body: { code: halfWidth(field('code')) } })
          startAgain()
        }}
      >
        <PhoneCodeFields district={me.district} />
      </SessionForm>
    </details>
  )
}
