import type { ColumnType } from 'kysely'

/** json columns go in as text that is already JSON (no second parse on the way) and come out parsed. */
export type Json<T> = ColumnType<T, string, string>
