import type { Outcome } from '../../../shared/campaigns/api.ts'
import type { Channel } from '../../../shared/surveys/api.ts'
import { uuid } from './answers.ts'
import { chance } from './chance.ts'
import { scale } from './scale.ts'

/** What the task force set out to reach: somewhat more than came in, and no target for whoever turns up at a meeting. */
export const targets: { channel: Channel; total: number; minimum: number }[] = [
  { channel: 'online', total: Math.round(scale.answers * 0.55), minimum: 30 },
  { channel: 'visit', total: Math.round(scale.answers * 0.35), minimum: 20 },
  { channel: 'paper', total: Math.round(scale.answers * 0.12), minimum: 5 },
]

export interface DoorsWithoutAnswer {
  id: string
  outcome: Outcome
  doors: number
}

/** Doors of a community at which nobody was in, or nobody wanted to answer, as the field workers noted them. */
export function doorsWithoutAnswer(community: string): DoorsWithoutAnswer[] {
  const dice = chance(`doors ${community}`)
  return [
    { id: uuid(dice), outcome: 'not-home', doors: dice.integer(6, 40) },
    { id: uuid(dice), outcome: 'refused', doors: dice.integer(2, 16) },
  ]
}
