import { useQueryClient } from '@tanstack/react-query'
import { Modal } from 'antd'
import { type FormEvent, useState } from 'react'
import { erasePersonalData, exportPersonalData } from '../../shared/people/personal-data-api.ts'
import { phones } from '../../shared/people/shapes.ts'
import type { District } from '../../shared/places/api.ts'
import { call, reasonOf } from '../api/call.ts'
import { download } from '../api/download.ts'
import { Refusal } from '../kit/refusal.tsx'
import { saveFile } from '../kit/save-file.ts'
import { TextField } from '../kit/text-field.tsx'
import { readPeopleAnew } from './people-changed.ts'
import { erasedWords, inGroups } from './personal-data-words.ts'
import { phoneIn } from './phone-code-fields.tsx'
import './personal-data.css'

/** Whose data, and why it is asked for. */
interface Request {
  phone: string
  purpose: string
}

/** Hands over or erases what the district holds about a phone number, for whoever asked to have it done. */
export default function PersonalDataPage({ district }: { district: District }) {
  const params = { district: district.code }
  const queries = useQueryClient()
  const [faults, setFaults] = useState<Partial<Request>>({})
  const [asked, ask] = useState<Request>()
  const [isBusy, setBusy] = useState(false)
  const [said, setSaid] = useState<{ done?: string; refused?: string }>({})
  const carryOut = async (work: () => Promise<string>) => {
    setBusy(true)
    setSaid({})
    setSaid(
      await work().then(
        (done) => ({ done }),
        (error: unknown) => ({ refused: reasonOf(error).message }),
      ),
    )
    setBusy(false)
    ask(undefined)
  }
  const take = (body: Request) =>
    carryOut(async () => {
      const { name, blob } = await download(exportPersonalData, params, { body })
      saveFile(name, blob)
      return `已下载“${name}”，里面是本区持有的全部内容。交给本人以后，请删掉这台电脑上的文件。`
    })
  const erase = (body: Request) =>
    carryOut(async () => {
      const erased = await call(erasePersonalData, params, { body })
      void readPeopleAnew(queries, district.code)
      return erasedWords(erased)
    })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const request = requestIn(event.currentTarget)
    const wrong = faultsIn(request)
    setFaults(wrong)
    setSaid({})
    if (wrong.phone || wrong.purpose) return
    const { submitter } = event.nativeEvent as SubmitEvent
    if ((submitter as HTMLButtonElement | null)?.value === 'erase') ask(request)
    else void take(request)
  }
  return (
    <>
      <h1>个人信息请求</h1>
      <p className="note">
        有人要求查看、带走或删除自己的个人信息时，在这里办理。办理前请先核对这个手机号确实在本人手里，例如请对方当面接一个电话。
      </p>
      <form className="panel personal-data" onSubmit={submit} noValidate>
        <TextField label="手机号" name="phone" type="tel" maxLength={20} autoComplete="off" fault={faults.phone} />
        <TextField
          label="用途"
          name="purpose"
          maxLength={200}
          autoComplete="off"
          hint="会记入审计。请写收到的请求，例如“11 月 22 日窗口来访，要求删除”；不要写姓名和电话。"
          fault={faults.purpose}
        />
        <div className="actions">
          <button type="submit" className="small main" value="export" disabled={isBusy}>
            导出给本人
          </button>
          <button type="submit" className="small" value="erase" disabled={isBusy}>
            删除……
          </button>
        </div>
        <p role="status">{said.done}</p>
        {said.refused && <Refusal message={said.refused} />}
      </form>
      <NotHere />
      <Modal
        open={asked !== undefined}
        title={`删除 ${inGroups(asked?.phone ?? '')} 的全部个人信息？`}
        okText="永久删除"
        okButtonProps={{ danger: true }}
        confirmLoading={isBusy}
        onOk={() => asked && erase(asked)}
        onCancel={() => ask(undefined)}
      >
        <WhatGoes />
      </Modal>
    </>
  )
}

function WhatGoes() {
  return (
    <>
      <p>将从本区删除：</p>
      <ul>
        <li>居民和骑手的账号；工作人员账号里的用户名、姓名、手机号、密码、动态口令、角色和范围</li>
        <li>所有登录，正在使用的立即退出</li>
        <li>站内消息、短信和验证码</li>
      </ul>
      <p>
        <strong>删除后不能恢复。</strong>审计记录依规定保留，其中没有姓名和电话，只有编号。以前的备份要到过期才会清除。
      </p>
    </>
  )
}

function NotHere() {
  return (
    <p className="note spaced">
      问卷不记姓名和电话，所以这里查不到谁填了什么；本人可以凭回执码撤回自己的答卷。问卷结束并过了告知书上写的保存期限，答卷会自动删除。
    </p>
  )
}

function requestIn(form: HTMLFormElement): Request {
  const data = new FormData(form)
  const text = (name: string) => String(data.get(name) ?? '').trim()
  return { phone: phoneIn(text('phone')), purpose: text('purpose') }
}

function faultsIn({ phone, purpose }: Request): Partial<Request> {
  return {
    phone: phones.test(phone) ? undefined : '请输入 11 位手机号。',
    purpose: purpose.length >= 2 ? undefined : '请写明用途，至少 2 个字。',
  }
}
