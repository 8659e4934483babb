import type { Generated, JSONColumnType } from 'kysely'
import type { Profile, Room } from '../../../shared/places/api.ts'
import type { Json } from './json.ts'

export interface PlacesTables {
  districts: { id: number; code: string; name: string; demo: boolean; created_at: Generated<Date> }
  place_versions: { district_id: number; version: number; changed_at: Date }
  catalogues: { district_id: number; version: number; body: JSONColumnType<object>; changed_at: Date }
  subdistricts: { district_id: number; code: string; name: string }
  communities: {
    district_id: number
    code: string
    subdistrict_code: string
    name: string
    kind: string
    pilot: boolean
    profile: Json<Profile>
  }
  blocks: { district_id: number; code: string; name: string }
  compounds: {
    district_id: number
    code: string
    community_code: string
    block_code: string | null
    name: string
    lon: number
    lat: number
    households: number
  }
  facilities: {
    district_id: number
    code: string
    community_code: string
    name: string
    service: string
    function: string | null
    is_public: boolean
    usable: boolean
    capacity: number | null
    area_m2: number | null
    lon: number
    lat: number
  }
  sites: {
    district_id: number
    code: string
    community_code: string
    name: string
    former_use: string
    fire_class: 'I' | 'II' | 'III' | 'IV'
    high_rise: boolean
    outdoor_m2: number
    lon: number | null
    lat: number | null
    rooms: Json<Room[]>
  }
}
