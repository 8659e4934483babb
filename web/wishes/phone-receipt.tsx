import type { Sent } from './phone-outgoing.ts'

interface Props {
  district: string
  sent: Sent
  again(): void
}

/** The wish has arrived: its number, and what comes next. */
export function Receipt({ district, sent: { number, photoProblem }, again }: Props) {
  return (
    <>
      <section className="ticket" aria-label="回执">
        <p>您的心愿编号</p>
        <p className="big">第 {number} 号</p>
        <p className="small">办到了哪一步，在这部手机的“我的心愿”里看。</p>
      </section>
      {photoProblem && (
        <p className="refusal" role="alert">
          照片没有收下：{photoProblem}心愿已经收到，照片可以在“我的心愿”里再加。
        </p>
      )}
      <h2>接下来会怎样</h2>
      <WhatHappens />
      <div className="choices">
        <a className="main" href={`/w/${district}/own`}>
          看我的心愿
        </a>
        <button type="button" className="second" onClick={again}>
          再许一个
        </button>
        <a className="second" href={`/w/${district}`}>
          看看大家的心愿
        </a>
      </div>
    </>
  )
}

export function WhatHappens() {
  return (
    <ol className="steps">
      <li>社区工作人员看过，就上心愿墙，墙上没有您的姓名和电话。</li>
      <li>有单位认领了，办事的人打您留的电话。</li>
      <li>办好了请您来说一声：办到了，还是没办到。</li>
    </ol>
  )
}
