import T, { type Static } from 'typebox'
import type { Sentence } from '../document.ts'

/** Words and figures; the records behind the figures are added by the brief, which knows them. */
const Told = T.Unsafe<Sentence>(T.Array(T.Unknown()))

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
  reason: Told,
  /** How many people (households) its smallest sensible size would serve. */
  leastServes: T.Number(),
  /** How many rooms and outdoor areas suit it. */
  fitting: T.Integer(),
  /** How many other functions the reason names. */
  named: T.Integer(),
  /** Source mark of the threshold, where one decided. */
  mark: T.Union([T.String(), T.Null()]),
  /** In how many of `resamples` resamples of the demand figures it is in; null when they were not drawn. */
  stays: T.Union([T.Integer(), T.Null()]),
})
export type Decision = Static<typeof Decision>

/** What the programme works out of the demand of a service before it decides, in people or households; null without data. */
export const ServiceBasis = T.Object({
  service: T.String(),
  needed: T.Number(),
  /** Unmet need that new functions may serve. */
  unmet: T.Union([T.Number(), T.Null()]),
  gap: T.Union([T.Number(), T.Null()]),
  /** Usable facilities within reach. */
  publicNear: T.Integer(),
  privateNear: T.Integer(),
})
export type ServiceBasis = Static<typeof ServiceBasis>

/** 建设清单 of all sites of a community. */
export const Programme = T.Object({
  community: T.String(),
  placements: T.Array(Placement),
  decisions: T.Array(Decision),
  services: T.Array(ServiceBasis),
  resamples: T.Integer(),
  /** Sentences that belong to the proposal, e.g. private supply nearby that is listed and not deducted. */
  says: T.Array(T.Object({ code: T.String(), text: Told })),
  /** Checks against the standards (area per 100 households …), separate from demand. */
  standards: T.Array(
    T.Object({
      code: T.String(),
      zh: T.String(),
      met: T.Union([T.Boolean(), T.Null()]),
      value: T.Union([T.Number(), T.Null()]),
      text: Told,
      /** The other numbers that the text states: the value before the proposal, facilities of unknown area, functions of priority services. */
      before: T.Union([T.Number(), T.Null()]),
      unknown: T.Union([T.Integer(), T.Null()]),
      priority: T.Union([T.Integer(), T.Null()]),
      mark: T.String(),
    }),
  ),
})
export type Programme = Static<typeof Programme>
