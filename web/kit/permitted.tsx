import { createContext, use } from 'react'
import type { Endpoint } from '../../shared/endpoint.ts'

/** What whoever sits here may do; pages offer only that. */
export interface Permitted {
  may(call: Endpoint): boolean
  /** Said where somebody who sees only a part of the district finds nothing. */
  beyond?: string
}

const Here = createContext<Permitted>({ may: () => true })

export const PermittedHere = Here
export const usePermitted = (): Permitted => use(Here)
