/** Who works with the platform; residents need no account. In the order in which the desk lists them. */
export const roles = [
  'administrator',
  'auditor',
  'officer',
  'secretary',
  'fieldworker',
  'planner',
  'sponsor',
  'operator',
  'courier',
] as const
export type Role = (typeof roles)[number]

export const roleNames: Record<Role, string> = {
  administrator: '区级管理员',
  auditor: '审计员',
  officer: '街道干部',
  secretary: '社区书记',
  fieldworker: '入户员',
  planner: '社区规划师',
  sponsor: '共建单位成员',
  operator: '运营方',
  courier: '快递骑手',
}

/** A node of the district tree; whoever is granted a role there holds it for everything below. */
export const levels = ['district', 'subdistrict', 'community'] as const
export type Level = (typeof levels)[number]

export interface Node {
  level: Level
  /** Code of the subdistrict or community; empty for the district itself. */
  code: string
}

/** A role that somebody holds at a node. */
export interface Grant extends Node {
  role: Role
}

export const isAdministrator = (grants: readonly Grant[]): boolean =>
  grants.some(({ role }) => role === 'administrator')

/** At which levels a role can be granted. */
export const grantedAt: Record<Role, readonly Level[]> = {
  administrator: ['district'],
  auditor: ['district'],
  officer: ['subdistrict'],
  secretary: ['community'],
  fieldworker: ['subdistrict', 'community'],
  planner: ['district', 'subdistrict', 'community'],
  sponsor: ['district', 'subdistrict', 'community'],
  operator: ['district', 'subdistrict', 'community'],
  courier: ['district', 'subdistrict', 'community'],
}

/** Roles that somebody may give to others at and below the node where they hold this one: everybody manages their own people and no others. */
export const mayGrant: Partial<Record<Role, readonly Role[]>> = {
  administrator: roles,
  officer: ['secretary', 'fieldworker', 'planner', 'sponsor', 'operator', 'courier'],
  secretary: ['fieldworker', 'sponsor', 'courier'],
}
