import type { Generated } from 'kysely'

export interface PlatformTables {
  notices: {
    district_id: number
    id: string
    person_id: string
    text: string
    link: string | null
    created_at: Date
    read_at: Date | null
  }
  text_messages: {
    district_id: number
    id: string
    purpose: string
    phone_hash: Buffer
    phone: Buffer | null
    body: Buffer | null
    status: 'waiting' | 'outbox' | 'sent' | 'failed' | 'expired'
    attempts: Generated<number>
    problem: string | null
    created_at: Date
    valid_until: Date | null
    changed_at: Date
  }
  files: {
    district_id: number
    id: string
    subject: string
    name: string
    media_type: string
    size_bytes: number
    sha256: Buffer
    created_at: Date
  }
  secret_keys: { name: string; sealed: Buffer }
  audit_entries: {
    district_id: number
    /** From 1 on, without gaps. */
    seq: number
    at: Date
    actor: string
    action: string
    subject: string
    /** JSON as it was written. */
    before: string | null
    after: string | null
    purpose: string | null
    from_address: string | null
    previous: Buffer
    hash: Buffer
  }
}
