import { type Kind, stateName } from '../../shared/deliberations/kinds.ts'
import type { Statement } from '../../shared/deliberations/statements-api.ts'

const onWall = ({ state }: Statement) => state === 'shown' || state === 'discussed'

const filters = [
  { name: 'waiting', title: '待审核', has: ({ state }: Statement) => state === 'received' },
  { name: 'shown', title: '已上墙', has: onWall },
  { name: 'unanswered', title: '待答复', has: (one: Statement) => onWall(one) && !one.answer },
  { name: 'uncoded', title: '未归类', has: (one: Statement) => onWall(one) && !one.service },
  { name: 'merged', title: '已并入', has: ({ state }: Statement) => state === 'merged' },
  { name: 'rejected', title: '未采用', has: ({ state }: Statement) => state === 'rejected' },
  { name: 'all', title: '全部', has: () => true },
] as const
export type FilterName = (typeof filters)[number]['name']

/** The newest first. */
export function chosenBy(name: FilterName, statements: readonly Statement[]): Statement[] {
  const { has } = filters.find((each) => each.name === name)!
  return statements.filter(has).sort((a, b) => b.number - a.number)
}

/** Only comments of a consultation are answered one by one. */
export const filtersFor = (kind: Kind) =>
  filters
    .filter(({ name }) => name !== 'unanswered' || kind === 'consultation')
    .map(({ name, title }) => ({ name, title: name === 'shown' ? stateName(name, kind) : title }))
