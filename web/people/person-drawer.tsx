import { Drawer } from 'antd'
import type { Me, Person } from '../../shared/people/api.ts'
import { mayManage } from '../../shared/people/manage.ts'
import { mayGrant } from '../../shared/people/roles.ts'
import type { District } from '../../shared/places/api.ts'
import { StatusMark } from './people-table.tsx'
import type { Ground } from './people-tree-nodes.ts'
import { heldRoles, momentWords } from './people-words.ts'
import { PersonAccount } from './person-account.tsx'
import { PersonGrants } from './person-grants.tsx'
import { PersonSessions } from './person-sessions.tsx'

interface Props {
  district: District
  me: Me
  ground: Ground
  one: Person | undefined
  close(): void
}

/** Everything about one person: what they may do, and what whoever looks after them can do for them. */
export function PersonDrawer({ one, close, ...rest }: Props) {
  return (
    <Drawer open={one !== undefined} onClose={close} size="min(520px, 100vw)" title={one?.name} destroyOnHidden>
      {one && <PersonParts key={one.id} one={one} {...rest} />}
    </Drawer>
  )
}

function PersonParts({ one, district, me, ground }: Omit<Props, 'one' | 'close'> & { one: Person }) {
  const params = { district: district.code, person: one.id }
  const isOneself = one.id === me.id
  const isMine = !isOneself && mayManage(me.grants, one.grants, ground.subdistrictOf)
  return (
    <div className="person-parts">
      <Facts one={one} ground={ground} />
      {!isMine && <p className="note">{whyNot(me, isOneself)}</p>}
      {isMine && <PersonGrants {...{ params, one, ground }} />}
      {isMine && <PersonAccount {...{ params, one, me }} />}
      <PersonSessions params={params} mayEnd={isMine || isOneself} />
    </div>
  )
}

function whyNot(me: Me, isOneself: boolean): string {
  if (isOneself) return '这是您自己的账号。自己的角色和状态要由另一位管理人员修改；密码和动态口令请在“我的账号”里修改。'
  if (me.grants.every(({ role }) => mayGrant[role] === undefined)) return '您可以查看，不能修改。'
  return '此人还有不归您管理的角色，您可以查看，修改请找本区管理员办理。'
}

function Facts({ one, ground }: { one: Person; ground: Ground }) {
  const roles = heldRoles(one.grants, ground.nameOf)
  return (
    <dl className="facts">
      <dt>用户名</dt>
      <dd>{one.username}</dd>
      <dt>状态</dt>
      <dd>
        <StatusMark status={one.status} />
      </dd>
      <dt>角色和范围</dt>
      <dd>{roles.map(({ role, places }) => `${role}（${places}）`).join('；') || '没有任何角色'}</dd>
      <dt>手机尾号</dt>
      <dd>{one.phoneEnd ?? '未登记'}</dd>
      <dt>动态口令</dt>
      <dd>{one.secondFactor ? '已设置' : '未设置'}</dd>
      <dt>最近使用</dt>
      <dd>{one.lastSeenAt ? momentWords(one.lastSeenAt) : '还没有登录过'}</dd>
    </dl>
  )
}
