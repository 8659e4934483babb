import type { ComponentType } from 'react'

/** How somebody signs in by phone on these pages. */
export interface Door {
  /** Fields named `phone` and `code`; `first` is the number that stands there already. */
  Fields: ComponentType<{ district: string; first?: string }>
  /** Whether anybody has signed in with this browser and not left. */
  wasSeen(): boolean
  noteSeen(person: string): void
  clearSeen(): void
}
