import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import type {
  Block,
  Catalogue,
  Community,
  Compound,
  District,
  Facility,
  Site,
  Subdistrict,
} from '../../shared/places/api.ts'
import type { Places } from '../../shared/places/import-build.ts'
import type { Db } from '../db/database.ts'
import type { Tables } from '../db/tables.ts'

const districtColumns = ['id', 'code', 'name', 'demo'] as const

/** All districts, in the order of their codes. */
export function districts(db: Db): Promise<District[]> {
  return db.selectFrom('districts').select(districtColumns).orderBy('code').execute()
}

/** The district with this code (capital letters), or undefined. */
export function districtByCode(db: Db, code: string): Promise<District | undefined> {
  return db.selectFrom('districts').select(districtColumns).where('code', '=', code).executeTakeFirst()
}

/** Makes a district with version 1 of its catalogue and of its places. Call it in a transaction. Returns false, and changes nothing, when the id or the code is taken. */
export async function createDistrict(
  db: Db,
  district: District,
  catalogue: Catalogue,
  at = new Date(),
): Promise<boolean> {
  const { id, code, name, demo } = district
  const made = await db
    .insertInto('districts')
    .values({ id, code, name, demo, created_at: at })
    .onConflict((taken) => taken.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!made) return false
  await db.insertInto('place_versions').values({ district_id: id, version: 1, changed_at: at }).execute()
  await addCatalogue(db, id, 1, catalogue, at)
  return true
}

/** Version of everything known about the district's places and thresholds: goes up with each import and each change of the catalogue. 0 for a district that does not exist. */
export async function placeVersion(db: Db, districtId: number): Promise<number> {
  const row = await db
    .selectFrom('place_versions')
    .select('version')
    .where('district_id', '=', districtId)
    .executeTakeFirst()
  return row?.version ?? 0
}

/** Raises the place version by one and returns it; whoever changes places does so in the same transaction, and those behind wait. */
export async function bumpPlaceVersion(db: Db, districtId: number, at = new Date()): Promise<number> {
  const row = await db
    .updateTable('place_versions')
    .set((eb) => ({ version: eb('version', '+', 1), changed_at: at }))
    .where('district_id', '=', districtId)
    .returning('version')
    .executeTakeFirstOrThrow()
  return row.version
}

/** The catalogue in force, i.e. its newest version. @throws {NoResultError} for a district that was never made */
export async function catalogue(db: Db, districtId: number): Promise<{ version: number; catalogue: Catalogue }> {
  const row = await db
    .selectFrom('catalogues')
    .select(['version', 'body'])
    .where('district_id', '=', districtId)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  return { version: row.version, catalogue: row.body as Catalogue }
}

/** Keeps a version of the catalogue beside the earlier ones. Returns false when that version is already there. */
export async function addCatalogue(
  db: Db,
  districtId: number,
  version: number,
  body: Catalogue,
  at: Date,
): Promise<boolean> {
  const row = await db
    .insertInto('catalogues')
    .values({ district_id: districtId, version, body: JSON.stringify(body), changed_at: at })
    .onConflict((taken) => taken.doNothing())
    .returning('version')
    .executeTakeFirst()
  return row !== undefined
}

/** Subdistricts of a district, by code. */
export function subdistricts(db: Db, districtId: number): Promise<Subdistrict[]> {
  return db
    .selectFrom('subdistricts')
    .select(['code', 'name'])
    .where('district_id', '=', districtId)
    .orderBy('code')
    .execute()
}

const communityColumns = ['code', 'subdistrict_code as subdistrict', 'name', 'kind', 'pilot', 'profile'] as const

/** Communities of a district with their profiles, by code. */
export function communities(db: Db, districtId: number): Promise<Community[]> {
  return db
    .selectFrom('communities')
    .select(communityColumns)
    .where('district_id', '=', districtId)
    .orderBy('code')
    .execute()
}

/** One community with its profile, or undefined. */
export function community(db: Db, districtId: number, code: string): Promise<Community | undefined> {
  return db
    .selectFrom('communities')
    .select(communityColumns)
    .where('district_id', '=', districtId)
    .where('code', '=', code)
    .executeTakeFirst()
}

/** Codes of all communities of a district, in their order. */
export async function allCommunityCodes(db: Db, districtId: number): Promise<string[]> {
  const rows = await db
    .selectFrom('communities')
    .select('code')
    .where('district_id', '=', districtId)
    .orderBy('code')
    .execute()
  return rows.map(({ code }) => code)
}

/** Codes of the communities of some subdistricts. */
export async function communityCodes(db: Db, districtId: number, subdistricts: string[]): Promise<string[]> {
  const rows = await db
    .selectFrom('communities')
    .select('code')
    .where('district_id', '=', districtId)
    .where('subdistrict_code', '=', sql<string>`any(${subdistricts})`)
    .execute()
  return rows.map(({ code }) => code)
}

/** Blocks (街区网格) of a district, by code. */
export function blocks(db: Db, districtId: number): Promise<Block[]> {
  return db
    .selectFrom('blocks')
    .select(['code', 'name'])
    .where('district_id', '=', districtId)
    .orderBy('code')
    .execute()
}

type Placed = 'compounds' | 'facilities' | 'sites'

/** Rows of the district, or of one of its communities. */
function of<T extends Placed>(districtId: number, community?: string) {
  return (eb: ExpressionBuilder<Tables, T>): Expression<SqlBool> => {
    const district = sql<SqlBool>`district_id = ${districtId}`
    return community === undefined ? district : eb.and([district, sql<SqlBool>`community_code = ${community}`])
  }
}

/** Compounds of the district or of one community, by code. */
export function compounds(db: Db, districtId: number, community?: string): Promise<Compound[]> {
  return db
    .selectFrom('compounds')
    .select(['code', 'community_code as community', 'block_code as block', 'name', 'lon', 'lat', 'households'])
    .where(of(districtId, community))
    .orderBy('code')
    .execute()
}

/** Entries of the 设施台账 of the district or of one community, by code. */
export function facilities(db: Db, districtId: number, community?: string): Promise<Facility[]> {
  return db
    .selectFrom('facilities')
    .select(['code', 'community_code as community', 'name', 'service', 'function', 'is_public as isPublic', 'usable'])
    .select(['capacity', 'area_m2 as areaM2', 'lon', 'lat'])
    .where(of(districtId, community))
    .orderBy('code')
    .execute()
}

function selectSites(db: Db) {
  return db
    .selectFrom('sites')
    .select(['code', 'community_code as community', 'name', 'former_use as formerUse', 'fire_class as fireClass'])
    .select(['high_rise as highRise', 'outdoor_m2 as outdoorM2', 'lon', 'lat', 'rooms'])
}

/** Sites of the district or of one community with their rooms, by code. */
export function sites(db: Db, districtId: number, community?: string): Promise<Site[]> {
  return selectSites(db).where(of(districtId, community)).orderBy('code').execute()
}

/** One site with its rooms, or undefined. */
export function site(db: Db, districtId: number, code: string): Promise<Site | undefined> {
  return selectSites(db).where('district_id', '=', districtId).where('code', '=', code).executeTakeFirst()
}

const columnsOf: { [K in keyof Places]: (place: Places[K]) => Record<string, unknown> } = {
  subdistricts: ({ name }) => ({ name }),
  communities: ({ subdistrict, name, kind, pilot, profile }) => ({
    subdistrict_code: subdistrict,
    name,
    kind,
    pilot,
    profile: JSON.stringify(profile),
  }),
  blocks: ({ name }) => ({ name }),
  compounds: ({ community, block, name, lon, lat, households }) => ({
    community_code: community,
    block_code: block,
    name,
    lon,
    lat,
    households,
  }),
  facilities: ({ community, name, service, function: of, isPublic, usable, capacity, areaM2, lon, lat }) => ({
    community_code: community,
    name,
    service,
    function: of,
    is_public: isPublic,
    usable,
    capacity,
    area_m2: areaM2,
    lon,
    lat,
  }),
  sites: ({ community, name, formerUse, fireClass, highRise, outdoorM2, lon, lat, rooms }) => ({
    community_code: community,
    name,
    former_use: formerUse,
    fire_class: fireClass,
    high_rise: highRise,
    outdoor_m2: outdoorM2,
    lon,
    lat,
    rooms: JSON.stringify(rooms),
  }),
}

/** Larger statements are no faster, and building one would hold up everybody's requests. */
const ROWS_A_STATEMENT = 500

/** Adds places, or overwrites those with the same code. Call it in a transaction, together with bumpPlaceVersion. */
export async function savePlaces<K extends keyof Places>(
  db: Db,
  districtId: number,
  kind: K,
  places: Places[K][],
): Promise<void> {
  // Two imports that meet on the same rows must take them in the same order, or they deadlock.
  const sorted = [...places].sort((a, b) => (a.code < b.code ? -1 : 1))
  for (let from = 0; from < sorted.length; from += ROWS_A_STATEMENT) {
    const rows = sorted.slice(from, from + ROWS_A_STATEMENT)
    await upsert(
      db,
      kind,
      rows.map((place) => ({ district_id: districtId, code: place.code, ...columnsOf[kind](place) })),
    )
  }
}

async function upsert(db: Db, table: keyof Places, rows: Record<string, unknown>[]): Promise<void> {
  const columns = Object.keys(rows[0] ?? {})
  const names = sql.join(columns.map((column) => sql.ref(column)))
  const values = sql.join(rows.map((row) => sql`(${sql.join(columns.map((column) => row[column]))})`))
  const changed = columns.filter((column) => column !== 'district_id' && column !== 'code')
  const set = sql.join(changed.map((column) => sql`${sql.ref(column)} = excluded.${sql.ref(column)}`))
  await sql`insert into ${sql.table(table)} (${names}) values ${values}
    on conflict (district_id, code) do update set ${set}`.execute(db)
}
