import { expect, test } from 'vitest'
import {
  type Actor,
  after,
  isEnded,
  isHeld,
  moves,
  type State,
  states,
  steps,
  stepsFrom,
} from '../../../shared/wishes/states.ts'

const actors: Actor[] = ['wisher', 'staff', 'sponsor', 'clock']

test('from each state each may do this and nothing else', () => {
  const may = (state: State) =>
    Object.fromEntries(
      actors.flatMap((by) => {
        const taken = stepsFrom(state, by)
        return taken.length > 0 ? [[by, taken.join(' ')]] : []
      }),
    )
  expect(Object.fromEntries(states.map((state) => [state, may(state)]))).toEqual({
    submitted: {
      wisher: 'revise withdraw',
      staff: 'revise approve return reject merge withdraw',
      clock: 'lapse',
    },
    returned: { wisher: 'revise withdraw', staff: 'revise reject withdraw', clock: 'lapse' },
    open: { wisher: 'withdraw', staff: 'reject merge withdraw assign', sponsor: 'claim', clock: 'lapse' },
    claimed: {
      wisher: 'withdraw',
      staff: 'withdraw assign extend release',
      sponsor: 'extend release deliver',
      clock: 'expire',
    },
    delivered: { wisher: 'confirm dispute', staff: 'confirm reopen' },
    disputed: { wisher: 'confirm', staff: 'confirm reopen' },
    ...{ fulfilled: {}, rejected: {}, withdrawn: {}, merged: {}, lapsed: {} },
  })
})

test('every state can be reached, and from every state an end can', () => {
  const reached = new Set<State>(['submitted'])
  for (const state of reached)
    for (const by of actors) for (const step of stepsFrom(state, by)) reached.add(after(state, step, by)!)
  expect([...reached].sort()).toEqual([...states].sort())
  const ending = new Set(states.filter(isEnded))
  expect([...ending].sort()).toEqual(['fulfilled', 'lapsed', 'merged', 'rejected', 'withdrawn'])
  for (let known = 0; known < ending.size; ) {
    known = ending.size
    for (const state of states)
      for (const by of actors)
        if (stepsFrom(state, by).some((step) => ending.has(after(state, step, by)!))) ending.add(state)
  }
  expect(ending.size).toBe(states.length)
})

test('who holds a wish can lose it only by a step that says so', () => {
  const leaving = steps.filter((step) =>
    moves[step].from.some((state) => isHeld(state) && moves[step].to !== undefined && !isHeld(moves[step].to)),
  )
  expect(leaving).toEqual(['withdraw', 'release', 'expire', 'confirm'])
})

test('a decision against somebody says why', () => {
  expect(steps.filter((step) => moves[step].reason)).toEqual([
    'return',
    'reject',
    'assign',
    'release',
    'dispute',
    'reopen',
  ])
})
