import type { TableColumnsType } from 'antd'
import { Button, Table } from 'antd'
import type { Person } from '../../shared/people/api.ts'
import type { Node } from '../../shared/people/roles.ts'
import { heldRoles, momentWords, statusMarks, statusNames } from './people-words.ts'

interface Props {
  people: Person[]
  nameOf(node: Node): string
  open(id: string): void
}

/** People beside one another, fifty a page. */
export function PeopleTable({ people, nameOf, open }: Props) {
  return (
    <Table<Person>
      className="people-table"
      columns={columnsOf(nameOf, open)}
      dataSource={people}
      rowKey="id"
      size="small"
      bordered
      pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false, showTotal: (n) => `共${n}人` }}
      locale={{ emptyText: <p>这里没有符合条件的人。可以换一个范围、清空查找条件，或者添加人员。</p> }}
    />
  )
}

/** On a phone the name, the roles and the status; the rest is a tap away. */
const onWide = { responsive: ['md' as const] }

function columnsOf(nameOf: Props['nameOf'], open: Props['open']): TableColumnsType<Person> {
  return [
    {
      title: '姓名和用户名',
      key: 'name',
      rowScope: 'row',
      render: (_, { id, name, username }) => (
        <>
          <Button type="link" className="person" onClick={() => open(id)}>
            {name}
          </Button>
          <span className="sub">{username}</span>
        </>
      ),
    },
    { title: '手机尾号', key: 'phone', ...onWide, render: (_, { phoneEnd }) => phoneEnd ?? '未登记' },
    { title: '角色和范围', key: 'roles', render: (_, one) => <Roles one={one} nameOf={nameOf} /> },
    { title: '状态', key: 'status', render: (_, { status }) => <StatusMark status={status} /> },
    {
      title: '动态口令',
      key: 'second',
      ...onWide,
      render: (_, { secondFactor }) => (secondFactor ? '已设置' : '未设置'),
    },
    {
      title: '最近使用',
      key: 'seen',
      ...onWide,
      render: (_, { lastSeenAt }) => (lastSeenAt ? momentWords(lastSeenAt) : '还没有登录过'),
    },
  ]
}

export function StatusMark({ status }: Pick<Person, 'status'>) {
  return <span className={statusMarks[status]}>{statusNames[status]}</span>
}

export function Roles({ one, nameOf }: { one: Pick<Person, 'grants'>; nameOf: Props['nameOf'] }) {
  const held = heldRoles(one.grants, nameOf)
  if (held.length === 0) return <>没有任何角色</>
  return held.map(({ role, places }) => (
    <span key={role} className="held">
      {role}
      <span className="sub">{places}</span>
    </span>
  ))
}
