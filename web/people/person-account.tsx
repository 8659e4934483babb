import { useQueryClient } from '@tanstack/react-query'
import { Button, Modal } from 'antd'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { listPersonSessions, type Me, newSlip, type Person, setPersonStatus } from '../../shared/people/api.ts'
import { addressOf, call, reasonOf } from '../api/call.ts'
import { Refusal } from '../kit/refusal.tsx'
import { readPeopleAnew, usePutPerson } from './people-changed.ts'
import { holdSlips } from './slip-shelf.ts'

type Params = { district: string; person: string }

interface Step {
  button: string
  title: string
  /** What comes of it. */
  words: string
  danger?: boolean
  take(): Promise<void>
}

/** A new slip, disabling and enabling; each is asked back with what comes of it. */
export function PersonAccount({ params, one, me }: { params: Params; one: Person; me: Me }) {
  const [asked, ask] = useState<Step>()
  const [refused, setRefused] = useState('')
  const [isBusy, setBusy] = useState(false)
  const steps = useSteps(params, one, me)
  const take = async () => {
    setBusy(true)
    setRefused('')
    await asked?.take().catch((error: unknown) => setRefused(reasonOf(error).message))
    setBusy(false)
    ask(undefined)
  }
  return (
    <section aria-label="账号">
      <h2>账号</h2>
      <div className="actions">
        {steps.map((step) => (
          <Button key={step.button} danger={step.danger} onClick={() => ask(step)}>
            {step.button}
          </Button>
        ))}
      </div>
      {refused && <Refusal message={refused} />}
      <Modal
        open={asked !== undefined}
        title={asked?.title}
        okText={asked?.button}
        okButtonProps={{ danger: asked?.danger }}
        confirmLoading={isBusy}
        onOk={take}
        onCancel={() => ask(undefined)}
      >
        <p>{asked?.words}</p>
      </Modal>
    </section>
  )
}

function useSteps(params: Params, one: Person, me: Me): Step[] {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const put = usePutPerson(params.district)
  const setStatus = async (status: 'active' | 'disabled') => {
    put(await call(setPersonStatus, params, { body: { status } }))
    await queries.invalidateQueries({ queryKey: [addressOf(listPersonSessions, params)] })
  }
  const slip: Step = {
    button: '重新出纸条',
    title: `给${one.name}重新出一张纸条？`,
    words:
      one.status === 'invited'
        ? '上一张纸条上的代码随之作废，请把它收回撕掉。新代码只显示一次，请当场打印。'
        : '原来的密码、动态口令和备用码随之作废，所有登录立即结束；本人要用新纸条登录，重新设置。新代码只显示一次，请当场打印。',
    take: async () => {
      holdSlips(me, [await call(newSlip, params)])
      void readPeopleAnew(queries, params.district)
      await navigate('/people/slips')
    },
  }
  if (one.status === 'disabled') return [enabling(one, () => setStatus('active'))]
  return [slip, disabling(one, () => setStatus('disabled'))]
}

const enabling = (one: Person, take: () => Promise<void>): Step => ({
  button: '启用',
  title: `启用${one.name}的账号？`,
  words: '启用后可以再用原来的用户名和密码登录，角色和范围不变。还没有用过的纸条在有效期内仍可使用。',
  take,
})

const disabling = (one: Person, take: () => Promise<void>): Step => ({
  button: '停用',
  title: `停用${one.name}的账号？`,
  words: '停用后立即退出所有登录，不能再登录；办过的事和审计记录都保留，以后可以再启用。',
  danger: true,
  take,
})
