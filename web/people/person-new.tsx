import { useQueryClient } from '@tanstack/react-query'
import { Button, Drawer, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { Link } from 'react-router'
import { addPerson, type Me, type Slip } from '../../shared/people/api.ts'
import { phones, usernames } from '../../shared/people/shapes.ts'
import type { District } from '../../shared/places/api.ts'
import { call } from '../api/call.ts'
import { Refusal } from '../kit/refusal.tsx'
import { readPeopleAnew } from './people-changed.ts'
import type { Ground } from './people-tree-nodes.ts'
import { momentWords } from './people-words.ts'
import { type Draft, GrantsForm, grantsOf, reasonWithRoles } from './person-grants-form.tsx'
import { holdSlips } from './slip-shelf.ts'

interface Props {
  district: District
  me: Me
  ground: Ground
  isOpen: boolean
  close(): void
}

/** Adds a person, and shows their slip. */
export function NewPersonDrawer({ isOpen, close, ...rest }: Props) {
  return (
    <Drawer open={isOpen} onClose={close} size="min(520px, 100vw)" title="添加人员" destroyOnHidden>
      <NewPerson {...rest} />
    </Drawer>
  )
}

const blank = { username: '', name: '', phone: '', drafts: [{ line: 0 }] as Draft[] }

function NewPerson({ district, me, ground }: Omit<Props, 'isOpen' | 'close'>) {
  const [given, setGiven] = useState(blank)
  const [refused, setRefused] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [slip, setSlip] = useState<Slip>()
  const queries = useQueryClient()
  const add = async (event: FormEvent) => {
    event.preventDefault()
    const body = bodyOf(given, ground)
    if (typeof body === 'string') return setRefused(body)
    setBusy(true)
    try {
      const made = await call(addPerson, { district: district.code }, { body })
      holdSlips(me, [made])
      setSlip(made)
      void readPeopleAnew(queries, district.code)
    } catch (error) {
      setRefused(reasonWithRoles(error))
    }
    setBusy(false)
  }
  const again = () => {
    setGiven(blank)
    setRefused('')
    setSlip(undefined)
  }
  if (slip) return <NewSlip slip={slip} again={again} />
  const change = (part: Partial<typeof blank>) => setGiven({ ...given, ...part })
  return (
    <form onSubmit={add} className="new-person" noValidate>
      <Field id="new-name" label="姓名" value={given.name} put={(name) => change({ name })} />
      <Field
        id="new-username"
        label="用户名（登录用）"
        hint="3 到 30 个小写字母、数字、点、横线或下划线，以字母或数字开头，例如 chen.jing"
        value={given.username}
        put={(username) => change({ username })}
      />
      <Field
        id="new-phone"
        label="手机（可不填）"
        hint="11 位手机号，加密保存，列表里只显示尾号"
        value={given.phone}
        put={(phone) => change({ phone })}
      />
      <GrantsForm ground={ground} drafts={given.drafts} change={(drafts) => change({ drafts })} />
      {refused && <Refusal message={refused} />}
      <div className="actions">
        <Button type="primary" htmlType="submit" loading={isBusy}>
          添加并出纸条
        </Button>
      </div>
    </form>
  )
}

/** What is sent, or what has to be put right first. */
function bodyOf({ username, name, phone, drafts }: typeof blank, ground: Ground) {
  const who = { username: username.trim().toLowerCase(), name: name.trim() }
  const number = phone.replace(/[\s-]/g, '')
  if (who.name === '' || who.name.length > 40) return '请填写姓名，最多 40 个字。'
  if (!usernames.test(who.username)) return '用户名用 3 到 30 个小写字母、数字、点、横线或下划线，以字母或数字开头。'
  if (number !== '' && !phones.test(number)) return '手机号应是 11 位数字，也可以不填。'
  const grants = grantsOf(drafts, ground)
  if (!grants) return '请选好角色和范围。'
  return { ...who, ...(number === '' ? {} : { phone: number }), grants }
}

interface FieldProps {
  id: string
  label: string
  hint?: string
  value: string
  put(value: string): void
}

function Field({ id, label, hint, value, put }: FieldProps) {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <Input
        id={id}
        value={value}
        autoComplete="off"
        aria-describedby={hint && `${id}-hint`}
        onChange={({ target }) => put(target.value)}
      />
      {hint && (
        <p id={`${id}-hint`} className="sub">
          {hint}
        </p>
      )}
    </div>
  )
}

function NewSlip({ slip, again }: { slip: Slip; again(): void }) {
  return (
    <div className="new-slip">
      <p role="status">已添加{slip.name}。请打印首次登录的纸条，当面交给本人；代码只显示这一次。</p>
      <dl className="facts">
        <dt>用户名</dt>
        <dd>{slip.username}</dd>
        <dt>一次性代码</dt>
        <dd>
          <code>{slip.code}</code>
        </dd>
        <dt>有效期</dt>
        <dd>{momentWords(slip.validUntil)} 前，只能用一次</dd>
      </dl>
      <div className="actions">
        <Link className="small main" to="/people/slips">
          打印纸条
        </Link>
        <Button onClick={again}>再添加一人</Button>
      </div>
    </div>
  )
}
