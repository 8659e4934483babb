import { Button, Select } from 'antd'
import { useId } from 'react'
import { nodesToGive, rolesToGive } from '../../shared/people/manage.ts'
import { type Grant, type Role, roleNames } from '../../shared/people/roles.ts'
import { Refused, reasonOf } from '../api/call.ts'
import { type Ground, keyOf } from './people-tree-nodes.ts'

/** A role with its place while it is being chosen. */
export interface Draft {
  /** For React: lines come and go. */
  line: number
  role?: Role
  place?: string
}

export const draftOf = (grants: readonly Grant[]): Draft[] =>
  grants.map((grant, line) => ({ line, role: grant.role, place: keyOf(grant) }))

/** What was chosen; undefined while a line is not complete. */
export function grantsOf(drafts: readonly Draft[], ground: Ground): Grant[] | undefined {
  const chosen = drafts.map(({ role, place }) => {
    const node = ground.nodes.find((each) => keyOf(each) === place)
    return role && node ? { role, ...node } : undefined
  })
  return chosen.every((grant) => grant !== undefined) ? chosen : undefined
}

/** A refusal with what it says of each role. */
export function reasonWithRoles(error: unknown): string {
  const details = error instanceof Refused ? (error.problem.details ?? []) : []
  return [reasonOf(error).message, ...details.map(({ message }) => message)].join(' ')
}

interface Props {
  ground: Ground
  drafts: Draft[]
  change(drafts: Draft[]): void
}

/** Roles with their places: only those that whoever sits here may give. */
export function GrantsForm({ ground, drafts, change }: Props) {
  const put = (next: Draft) => change(drafts.map((draft) => (draft.line === next.line ? next : draft)))
  const nextLine = Math.max(-1, ...drafts.map(({ line }) => line)) + 1
  return (
    <fieldset className="grants">
      <legend>角色和范围</legend>
      {drafts.map((draft, at) => (
        <GrantLine
          key={draft.line}
          {...{ ground, draft, put }}
          name={`第${at + 1}个角色`}
          remove={drafts.length > 1 ? () => change(drafts.filter(({ line }) => line !== draft.line)) : undefined}
        />
      ))}
      <Button onClick={() => change([...drafts, { line: nextLine }])} disabled={drafts.length >= 20}>
        再加一个角色
      </Button>
    </fieldset>
  )
}

interface LineProps {
  ground: Ground
  draft: Draft
  name: string
  put(draft: Draft): void
  remove?(): void
}

function GrantLine({ ground, draft, name, put, remove }: LineProps) {
  const id = useId()
  const places = placesFor(ground, draft.role)
  // Where there is only one place there is nothing to choose.
  const choose = (role: Role) => {
    const [only, ...others] = placesFor(ground, role)
    put({ ...draft, role, place: others.length === 0 ? only?.value : undefined })
  }
  return (
    <div className="grant">
      <Select
        id={`${id}role`}
        aria-label={`${name}：角色`}
        placeholder="选择角色"
        value={draft.role}
        options={rolesToGive(ground.own).map((value) => ({ value, label: roleNames[value] }))}
        onChange={choose}
      />
      <Select
        id={`${id}place`}
        aria-label={`${name}：范围`}
        placeholder={draft.role ? '选择范围，可输入名称查找' : '先选角色'}
        disabled={!draft.role}
        showSearch={{ optionFilterProp: 'label' }}
        value={draft.place}
        options={places}
        onChange={(place) => put({ ...draft, place })}
      />
      {remove && (
        <Button onClick={remove} aria-label={`去掉${name}`}>
          去掉
        </Button>
      )}
    </div>
  )
}

function placesFor(ground: Ground, role: Role | undefined): { value: string; label: string }[] {
  if (!role) return []
  const { own, nodes, subdistrictOf, nameOf } = ground
  return nodesToGive(own, role, nodes, subdistrictOf).map((node) => {
    const above = node.level === 'community' ? subdistrictOf(node.code) : undefined
    const label = above === undefined ? '' : `${nameOf({ level: 'subdistrict', code: above })} · `
    return { value: keyOf(node), label: node.level === 'district' ? '全区' : label + nameOf(node) }
  })
}
