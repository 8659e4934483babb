import type { Person } from '../../shared/people/api.ts'
import { type Grant, type Node, type Role, roleNames, roles } from '../../shared/people/roles.ts'

export const statusNames: Record<Person['status'], string> = {
  invited: '待首次登录',
  active: '在用',
  disabled: '已停用',
}

export const statusMarks: Record<Person['status'], string> = {
  invited: 'tag warn',
  active: 'tag',
  disabled: 'tag quiet',
}

const clock = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
})

/** A moment as clocks in China show it. */
export function momentWords(moment: string): string {
  const parts = Object.fromEntries(clock.formatToParts(new Date(moment)).map(({ type, value }) => [type, value]))
  return `${parts.year}-${parts.month}-${parts.day} ${parts.hour}:${parts.minute}`
}

export interface HeldRole {
  role: string
  places: string
}

/** Roles with their places, each role once. */
export function heldRoles(grants: readonly Grant[], nameOf: (node: Node) => string): HeldRole[] {
  const held = (role: Role) => grants.filter((grant) => grant.role === role)
  return roles.flatMap((role) => {
    const places = held(role).map(nameOf)
    return places.length > 0 ? [{ role: roleNames[role], places: places.join('、') }] : []
  })
}
