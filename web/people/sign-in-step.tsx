import { useEffect, useRef } from 'react'
import type { Me } from '../../shared/people/api.ts'
import { SecondFactorSetUp } from './second-factor-set-up.tsx'
import { SecondStep } from './second-factor-step.tsx'
import { goOn, goOut, startAgain } from './session.ts'
import { SetPassword } from './set-password.tsx'
import './session.css'

interface Props {
  me: Me
  must: NonNullable<Me['must']>
  /** What they have just come in with. */
  password?: string
}

const titles: Record<Props['must'], string> = {
  'set-password': '请设置您自己的密码',
  'set-second-factor': '请设置动态口令',
  'second-factor': '请输入动态口令',
}

/** What somebody still has to do before they may work. */
export default function StepPage({ me, must, password }: Props) {
  const isIn = must !== 'second-factor'
  return (
    <section key={must} className="panel session">
      <StepTitle title={titles[must]} />
      <p className="under no-print">
        {me.name}（{me.username}）
        <button type="button" className="link" onClick={() => (isIn ? goOut().catch(startAgain) : startAgain())}>
          不是您？重新登录
        </button>
      </p>
      <Step me={me} must={must} password={password} />
    </section>
  )
}

/** Whoever hears the page is told that it is another one. */
function StepTitle({ title }: { title: string }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <h1 ref={heading} tabIndex={-1}>
      {title}
    </h1>
  )
}

function Step({ me, must, password }: Props) {
  if (must === 'second-factor') return <SecondStep />
  if (must === 'set-password')
    return (
      <>
        <p>纸条上的一次性代码已经用过，以后请用这里设置的密码登录。</p>
        <SetPassword me={me} current={password} currentLabel="纸条上的一次性代码" done={goOn} />
      </>
    )
  return (
    <>
      <p className="no-print">管理员能看到全区的资料，登录时除了密码，还要输入手机上显示的六位动态口令。</p>
      <SecondFactorSetUp me={me} password={password} done={goOn} />
    </>
  )
}
