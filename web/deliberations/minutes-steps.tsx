import { Button, Modal } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { downloadMinutes, type Minutes, setMinutesStatus } from '../../shared/deliberations/minutes-api.ts'
import type { RoomHead } from '../../shared/deliberations/room.ts'
import { reasonOf } from '../api/call.ts'
import { fetched } from '../kit/fetched.ts'
import { useKeptFocus } from '../kit/kept-focus.ts'
import { usePermitted } from '../kit/permitted.tsx'
import { Refusal } from '../kit/refusal.tsx'
import { momentWords } from './plan-words.ts'
import type { PlanParams } from './use-plan.ts'

interface Props {
  params: PlanParams
  minutes: Minutes
  head: RoomHead
  isChanged: boolean
  isBusy: boolean
  turn(status: 'approved' | 'published'): void
}

/** How far the minutes are, and the next step. */
export function MinutesSteps({ params, minutes, head, isChanged, isBusy, turn }: Props) {
  const { may } = usePermitted()
  const [asks, setAsks] = useState<'approved' | 'published'>()
  const { status } = minutes
  const mayTurn = may(setMinutesStatus)
  const place = useKeptFocus<HTMLDivElement>()
  const isClosed = head.status === 'closed'
  return (
    <>
      <p className="calm" role="status">
        {stateWords(minutes, isClosed)}
        {isChanged && status === 'draft' && isClosed && '改动还没有保存，先保存，再审定。'}
      </p>
      <div className="actions" ref={place} tabIndex={-1}>
        {mayTurn && status === 'draft' && (
          <Button type="primary" disabled={!isClosed || isChanged} onClick={() => setAsks('approved')}>
            审定
          </Button>
        )}
        {mayTurn && status === 'approved' && (
          <Button type="primary" onClick={() => setAsks('published')}>
            公布给居民
          </Button>
        )}
        {status === 'published' && (
          <a href={`/m/${params.district}/${head.code}/results`} target="_blank" rel="noreferrer">
            看居民看到的页面
          </a>
        )}
        {!isClosed && head.kind !== 'consultation' && (
          <Link to={`/deliberations/${params.deliberation}/room`}>去会场</Link>
        )}
        <Downloads params={params} isDraft={status === 'draft'} />
      </div>
      {minutes.sha256 && (
        <p className="note minutes-hash">
          校验值（SHA-256）：<code>{minutes.sha256}</code>
        </p>
      )}
      {asks && (
        <Confirm
          step={asks}
          isBusy={isBusy}
          cancel={() => setAsks(undefined)}
          go={() => {
            setAsks(undefined)
            turn(asks)
          }}
        />
      )}
    </>
  )
}

function stateWords({ status, approvedAt, publishedAt }: Minutes, isClosed: boolean): string {
  if (status === 'published') return `已于${momentWords(publishedAt!)}公布，居民可以查看和下载。`
  if (status === 'approved') return `已于${momentWords(approvedAt!)}审定，内容不再改变；公布后居民才能看到。`
  return isClosed
    ? '草稿：已按记录写好，补上要说的话，请主持人看过后审定。'
    : '草稿：会还没有结束，数字随记录更新；结束后才能审定。'
}

const questions = {
  approved: {
    title: '审定这份纪要？',
    ok: '审定，不再改',
    words:
      '审定后文字和数字都固定下来，谁也不能再改，之后记录有变也不影响它；这次议事会也不能再重新开始。请先和主持人核对一遍。',
  },
  published: {
    title: '公布给居民？',
    ok: '公布',
    words: '公布后，居民凭房间号或二维码就能看到结果、下载纪要，不能撤回。纪要里只有同意列名的人的姓名，没有座位号。',
  },
}

interface ConfirmProps {
  step: keyof typeof questions
  isBusy: boolean
  go(): void
  cancel(): void
}

function Confirm({ step, isBusy, go, cancel }: ConfirmProps) {
  const { title, ok, words } = questions[step]
  return (
    <Modal open title={title} okText={ok} cancelText="再看看" confirmLoading={isBusy} onOk={go} onCancel={cancel}>
      <p>{words}</p>
    </Modal>
  )
}

const formats = { docx: '下载 DOCX', pdf: '下载 PDF' } as const

function Downloads({ params, isDraft }: { params: PlanParams; isDraft: boolean }) {
  const [fault, setFault] = useState<string>()
  const [making, setMaking] = useState<string>()
  const take = async (format: 'docx' | 'pdf') => {
    setFault(undefined)
    setMaking(format)
    await fetched(downloadMinutes, { ...params, format }).catch((error: unknown) => setFault(reasonOf(error).message))
    setMaking(undefined)
  }
  return (
    <>
      {(['docx', 'pdf'] as const).map((format) => (
        <Button key={format} loading={making === format} onClick={() => take(format)}>
          {formats[format]}
          {isDraft && '（草稿）'}
        </Button>
      ))}
      {fault && <Refusal message={fault} />}
    </>
  )
}
