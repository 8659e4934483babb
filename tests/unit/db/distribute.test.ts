import { expect, test } from 'vitest'
import { type PlacedTable, placementOrder } from '../../../server/db/distribute.ts'

function table(name: string, kind: PlacedTable['kind'], needs: string[] = [], placed = false): PlacedTable {
  return { name, kind, needs, placed }
}

test('a table is placed after every table that it points at, and reference tables come first', () => {
  const order = placementOrder([
    table('answers', 'distributed', ['versions', 'communities']),
    table('communities', 'distributed', ['districts']),
    table('versions', 'distributed', ['surveys']),
    table('surveys', 'distributed', ['districts']),
    table('districts', 'reference'),
  ]).map((each) => each.name)
  expect(order[0]).toBe('districts')
  expect(order.indexOf('surveys')).toBeLessThan(order.indexOf('versions'))
  expect(order.indexOf('versions')).toBeLessThan(order.indexOf('answers'))
  expect(order.indexOf('communities')).toBeLessThan(order.indexOf('answers'))
  expect(order).toHaveLength(5)
})

test('tables that already have their place are left alone', () => {
  const tables = [table('districts', 'reference', [], true), table('surveys', 'distributed', ['districts'])]
  expect(placementOrder(tables).map((each) => each.name)).toEqual(['surveys'])
})

test('tables that point at each other in a circle are named', () => {
  const circle = [table('a', 'distributed', ['b']), table('b', 'distributed', ['a'])]
  expect(() => placementOrder(circle)).toThrow(/a, b/)
})
