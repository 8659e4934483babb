import type { Generated } from 'kysely'
import type { Level, Role } from '../../../shared/people/roles.ts'

export interface PeopleTables {
  auth_user: {
    id: string
    name: string
    email: string
    created_at: Date
    updated_at: Date
    two_factor_enabled: Generated<boolean>
    username: string | null
    district_id: number
    /** Holds that role somewhere; whether anybody does must be known without looking into any district. */
    administrator: Generated<boolean>
  }
  auth_session: {
    id: string
    expires_at: Date
    token: string
    created_at: Date
    updated_at: Date
    ip_address: string | null
    user_agent: string | null
    user_id: string
  }
  auth_account: {
    id: string
    account_id: string
    provider_id: string
    user_id: string
    password: string | null
    created_at: Date
    updated_at: Date
  }
  auth_verification: { id: string; identifier: string; value: string; expires_at: Date }
  auth_two_factor: { id: string; user_id: string; verified: boolean }
  sign_in_attempts: { key: string; tries: number; until: Date }
  people: {
    district_id: number
    id: string
    kind: 'staff' | 'resident' | 'erased'
    username: string
    name: Buffer
    phone: Buffer | null
    phone_hash: Buffer | null
    status: 'invited' | 'active' | 'disabled'
    created_at: Date
    last_seen_at: Date | null
  }
  grants: { district_id: number; id: string; person_id: string; role: Role; level: Level; code: string }
  phone_codes: { district_id: number; phone_hash: Buffer; code_hash: Buffer; tries: number; until: Date }
}
