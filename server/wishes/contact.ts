import { phoneHash } from '../people/store.ts'
import { contextIn } from '../platform/sealed-columns.ts'
import type { Secrets } from '../platform/secrets.ts'
import type { StoredWish } from './queries.ts'

/** How to reach a wisher, sealed for the row of their wish, and the number as it can be searched for. */
export function sealedContact(
  secrets: Secrets,
  districtId: number,
  wish: string,
  { phone, name }: { phone: string; name: string | null },
): Pick<StoredWish, 'contact' | 'name' | 'contact_hash'> {
  const sealed = (column: string, text: string) => secrets.seal(text, contextIn('wishes', column, districtId, wish))
  const contact_hash = phoneHash(secrets, phone)
  return { contact: sealed('contact', phone), name: name === null ? null : sealed('name', name), contact_hash }
}

/** Null once it is forgotten: when nothing more comes of the wish. */
export function contactOf(
  secrets: Secrets,
  { district_id, id, contact, name }: Pick<StoredWish, 'district_id' | 'id' | 'contact' | 'name'>,
): { phone: string; name: string | null } | null {
  const opened = (column: string, text: Buffer) => secrets.open(text, contextIn('wishes', column, district_id, id))
  return contact && { phone: opened('contact', contact), name: name && opened('name', name) }
}
