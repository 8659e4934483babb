/** A column whose content is sealed, and what its rows are told apart by. */
export interface SealedColumn {
  table: string
  column: string
  /** The primary key; where it begins with district_id, the table belongs to districts. */
  key: readonly string[]
}

const ofDistrict = ['district_id', 'id']

/** Every column that is sealed. What is missing here is lost when the keys are changed: a test compares it with the tables. */
export const sealedColumns: readonly SealedColumn[] = [
  { table: 'secret_keys', column: 'sealed', key: ['name'] },
  { table: 'people', column: 'name', key: ofDistrict },
  { table: 'people', column: 'phone', key: ofDistrict },
  { table: 'invitees', column: 'name', key: ofDistrict },
  { table: 'participants', column: 'name', key: ofDistrict },
  { table: 'sealed_ballots', column: 'sealed', key: ofDistrict },
  { table: 'wishes', column: 'contact', key: ofDistrict },
  { table: 'wishes', column: 'name', key: ofDistrict },
  { table: 'text_messages', column: 'phone', key: ofDistrict },
  { table: 'text_messages', column: 'body', key: ofDistrict },
]

/** What a row's text is sealed with, e.g. `people.phone/1/<id>`. */
export function contextOf({ table, column, key }: SealedColumn, row: Record<string, unknown>): string {
  return `${table}.${column}/${key.map((part) => row[part]).join('/')}`
}

/** The same for a column whose rows have a district and an id. */
export function contextIn(table: string, column: string, districtId: number, id: string): string {
  return contextOf({ table, column, key: ofDistrict }, { district_id: districtId, id })
}
