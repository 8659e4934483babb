import type { Kind } from './kinds.ts'
import type { PlaceWish } from './signals.ts'
import { isHeld, type State } from './states.ts'

/** How far an approved wish is, as anybody may know it. */
export const stages = ['open', 'held', 'fulfilled'] as const
export type Stage = (typeof stages)[number]
export const stageNames: Record<Stage, string> = { open: '待认领', held: '办理中', fulfilled: '已办结' }

/** Undefined before it is approved, and where nothing comes of it. */
export function stageOf(state: State): Stage | undefined {
  if (isHeld(state)) return 'held'
  return state === 'open' || state === 'fulfilled' ? state : undefined
}

export interface WishedPlace extends Omit<PlaceWish, 'community'> {
  /** As it was approved; null where it may not be read. */
  text: string | null
  /** Where, in words. */
  where: string | null
  stage: Stage
  /** Whether it may be read by everybody: always while it is on the board, afterwards where the wisher agreed. */
  public: boolean
}

/** The approved wishes of a community as others may tell of them: nothing of who wished. */
export interface Wished {
  /** Their numbers, by kind and how far they are. */
  counted: { kind: Kind; stage: Stage; numbers: number[] }[]
  /** Those that were posted with the code of a station for couriers. */
  atStations: number[]
  /** Who fulfilled which of them, the most first. */
  sponsors: { name: string; numbers: number[] }[]
  /** Wishes for a place, those of the most people first. */
  places: WishedPlace[]
}
