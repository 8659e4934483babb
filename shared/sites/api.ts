import T, { type Static } from 'typebox'

/** When a room is used for a function; a room without shared time has 'all'. */
export const slots = ['all', 'morning', 'afternoon', 'evening'] as const

/** A function placed in a room, or outdoors where `room` is null. */
export const Placement = T.Object({
  site: T.String(),
  room: T.Union([T.String(), T.Null()]),
  floor: T.Union([T.Integer(), T.Null()]),
  function: T.String(),
  service: T.String(),
  areaM2: T.Union([T.Number(), T.Null()]),
  slot: T.Enum([...slots]),
  /** Unmet need (people or households) that it serves. */
  serves: T.Union([T.Number(), T.Null()]),
})
export type Placement = Static<typeof Placement>

/** Why a function is in or out: `rule` names the rule of the catalogue, 'supply', 'rival', 'no_need' or 'serves'. */
export const Decision = T.Object({
  function: T.String(),
  service: T.String(),
  in: T.Boolean(),
  rule: T.String(),
  /** A Chinese sentence, as it stands in the brief. */
  reason: T.String(),
  /** Source mark of the threshold, where one decided. */
  mark: T.Union([T.String(), T.Null()]),
  /** In how many of `resamples` resamples of the demand figures it is in; null when they were not drawn. */
  stays: T.Union([T.Integer(), T.Null()]),
})
export type Decision = Static<typeof Decision>

/** 建设清单 of all sites of a community. */
export const Programme = T.Object({
  community: T.String(),
  placements: T.Array(Placement),
  decisions: T.Array(Decision),
  resamples: T.Integer(),
  /** Sentences that belong to the proposal, e.g. private supply nearby that is listed and not deducted. */
  says: T.Array(T.Object({ code: T.String(), text: T.String() })),
  /** Checks against the standards (area per 100 households …), separate from demand. */
  standards: T.Array(
    T.Object({
      code: T.String(),
      zh: T.String(),
      met: T.Union([T.Boolean(), T.Null()]),
      value: T.Union([T.Number(), T.Null()]),
      text: T.String(),
      mark: T.String(),
    }),
  ),
})
export type Programme = Static<typeof Programme>
