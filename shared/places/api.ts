import T, { type Static } from 'typebox'
import { endpoint } from '../endpoint.ts'
import { Problem } from '../problem.ts'

/** Age bands of a profile. Only the four adult bands are weighted. */
export const ageBands = ['0-13', '14-17', '18-34', '35-59', '60-79', '80+'] as const
export const sexes = ['male', 'female'] as const
/** Groups that a service may be for: two elder bands count people, the three parent groups count households. */
export const groups = ['60-79', '80+', 'parent_0_3', 'parent_4_6', 'parent_7_12'] as const

const count = T.Integer({ minimum: 0, maximum: 100_000_000 })
export const Code = T.String({ pattern: '^[A-Za-z0-9_-]{1,40}$' })
const Name = T.String({ minLength: 1, maxLength: 80 })

/** What is known of a community's people before anybody is asked: 社区概况. */
export const Profile = T.Object({
  asOf: T.String({ format: 'date' }),
  population: T.Object({
    male: T.Array(count, { minItems: 6, maxItems: 6 }),
    female: T.Array(count, { minItems: 6, maxItems: 6 }),
  }),
  households: count,
  eldersLivingAlone: count,
  parents: T.Object({ parent_0_3: count, parent_4_6: count, parent_7_12: count }),
  areaKm2: T.Number({ exclusiveMinimum: 0, maximum: 10_000 }),
  buildingYear: T.Union([T.Integer({ minimum: 1800, maximum: 2100 }), T.Null()]),
})
export type Profile = Static<typeof Profile>

export const Room = T.Object({
  code: Code,
  floor: T.Integer({ minimum: -5, maximum: 100 }),
  areaM2: T.Number({ exclusiveMinimum: 0, maximum: 100_000 }),
  heightM: T.Optional(T.Number({ exclusiveMinimum: 0, maximum: 50 })),
  exits: T.Integer({ minimum: 1, maximum: 50 }),
  water: T.Boolean(),
  exhaust: T.Boolean(),
  quiet: T.Optional(T.Boolean()),
})
export type Room = Static<typeof Room>

export const Point = T.Object({
  lon: T.Number({ minimum: -180, maximum: 180 }),
  lat: T.Number({ minimum: -90, maximum: 90 }),
})
export type Point = Static<typeof Point>

export const Subdistrict = T.Object({ code: Code, name: Name })
export type Subdistrict = Static<typeof Subdistrict>

export const Community = T.Object({
  code: Code,
  subdistrict: Code,
  name: Name,
  kind: T.String({ maxLength: 40 }),
  pilot: T.Boolean(),
  profile: Profile,
})
export type Community = Static<typeof Community>

export const Block = T.Object({ code: Code, name: Name })
export type Block = Static<typeof Block>

export const Compound = T.Object({
  code: Code,
  community: Code,
  block: T.Union([Code, T.Null()]),
  name: Name,
  lon: Point.properties.lon,
  lat: Point.properties.lat,
  households: count,
})
export type Compound = Static<typeof Compound>

/** One entry of the 设施台账. `capacity` is residents (or households) served in normal use; where it is null, `areaM2` stands in for it. */
export const Facility = T.Object({
  code: Code,
  community: Code,
  name: Name,
  service: Code,
  function: T.Union([Code, T.Null()]),
  isPublic: T.Boolean(),
  usable: T.Boolean(),
  capacity: T.Union([count, T.Null()]),
  areaM2: T.Union([T.Number({ minimum: 0, maximum: 10_000_000 }), T.Null()]),
  lon: Point.properties.lon,
  lat: Point.properties.lat,
})
export type Facility = Static<typeof Facility>

export const Site = T.Object({
  code: Code,
  community: Code,
  name: Name,
  formerUse: T.String({ maxLength: 200 }),
  fireClass: T.Union([T.Literal('I'), T.Literal('II'), T.Literal('III'), T.Literal('IV')]),
  highRise: T.Boolean(),
  outdoorM2: T.Number({ minimum: 0, maximum: 1_000_000 }),
  lon: T.Union([Point.properties.lon, T.Null()]),
  lat: T.Union([Point.properties.lat, T.Null()]),
  rooms: T.Array(Room, { maxItems: 200 }),
})
export type Site = Static<typeof Site>

/** What is stored as it was sent holds nothing that is not described here. */
const closed = { additionalProperties: false }

/** A function of a service (日间照料中心, 托育点 …) with its planning thresholds; `mark` says where they come from and is shown wherever one is used. */
export const FunctionSpec = T.Object(
  {
    code: Code,
    zh: T.String(),
    mark: T.String(),
    radius_m: T.Number(),
    residents_per_m2: T.Number(),
    min_area_m2: T.Optional(T.Number()),
    typical_area_m2: T.Optional(T.Array(T.Number(), { minItems: 2, maxItems: 2 })),
    outdoor: T.Optional(T.Union([T.Literal('required'), T.Literal('preferred')])),
    floors: T.Optional(T.Array(T.Integer(), { minItems: 2, maxItems: 2 })),
    own_entrance: T.Optional(T.Boolean()),
    shared_time: T.Optional(T.Boolean()),
    needs: T.Optional(T.Array(T.String())),
    not_beside: T.Optional(T.Array(Code, { maxItems: 50 })),
    prefers: T.Optional(T.Union([T.Literal('ground_floor'), T.Literal('quiet')])),
  },
  closed,
)
export type FunctionSpec = Static<typeof FunctionSpec>

export const ServiceSpec = T.Object(
  {
    code: Code,
    zh: T.String(),
    priority: T.Optional(T.Boolean()),
    for: T.Array(T.String(), { minItems: 1 }),
    first: T.Optional(T.Array(T.String())),
    level_minutes: T.Integer(),
    functions: T.Array(FunctionSpec, { maxItems: 100 }),
  },
  closed,
)
export type ServiceSpec = Static<typeof ServiceSpec>

export const PlanningRule = T.Object(
  {
    code: Code,
    zh: T.String(),
    check: T.String(),
    advice: T.Optional(T.String()),
    mark: T.String(),
  },
  closed,
)

/** Services, functions and thresholds of one district: editable data, each with its source. A service that a district added has no functions. */
export const Catalogue = T.Object(
  { services: T.Array(ServiceSpec, { maxItems: 100 }), rules: T.Array(PlanningRule, { maxItems: 200 }) },
  closed,
)
export type Catalogue = Static<typeof Catalogue>

export const District = T.Object({ id: T.Integer(), code: T.String(), name: T.String(), demo: T.Boolean() })
export type District = Static<typeof District>

/** A district's code as it stands in URLs and codes: two to four capital letters. */
export const DistrictParams = T.Object({ district: T.String({ pattern: '^[A-Za-z]{2,4}$' }) })

/** The kinds of table that can be imported, in the order in which they depend on one another. */
export const importKinds = ['subdistricts', 'communities', 'blocks', 'compounds', 'facilities', 'sites'] as const
export type ImportKind = (typeof importKinds)[number]

export const ImportReport = T.Object({
  kind: T.String(),
  /** Rows read, without headings, empty rows and the template's example. */
  rows: T.Integer(),
  /** Places saved: all of them or none. A site of several rooms is several rows and one place. */
  imported: T.Integer(),
  /** Rows that were wrong; when there is one, nothing was imported. `row` is the line in the file, the heading being line 1. */
  wrong: T.Array(T.Object({ row: T.Integer(), column: T.String(), message: T.String() })),
})
export type ImportReport = Static<typeof ImportReport>

export const listDistricts = endpoint({
  method: 'GET',
  url: '/api/districts',
  summary: '区县一览',
  responses: { 200: T.Array(District) },
})

/** Districts are made once; `extraServices` are codes of services beside the nine that the district wants to ask about. */
export const createDistrictCall = endpoint({
  method: 'POST',
  url: '/api/districts',
  summary: '新建区县（带默认的服务功能与规划指标）',
  body: T.Object({
    id: T.Integer({ minimum: 1, maximum: 2_147_483_647 }),
    code: T.String({ pattern: '^[A-Z]{2,4}$' }),
    name: Name,
    demo: T.Boolean(),
    extraServices: T.Optional(T.Array(Code, { maxItems: 20 })),
  }),
  responses: { 201: District, 409: Problem, 422: Problem },
})

export const listCommunities = endpoint({
  method: 'GET',
  url: '/api/districts/:district/communities',
  summary: '社区与社区概况',
  params: DistrictParams,
  responses: {
    200: T.Object({ subdistricts: T.Array(Subdistrict), communities: T.Array(Community), placeVersion: T.Integer() }),
  },
})

export const CommunityParams = T.Object({ ...DistrictParams.properties, community: Code })
export const SubdistrictParams = T.Object({ ...DistrictParams.properties, subdistrict: Code })

export const readCommunity = endpoint({
  method: 'GET',
  url: '/api/districts/:district/communities/:community',
  summary: '一个社区的概况、小区、设施台账与点位',
  params: CommunityParams,
  responses: {
    200: T.Object({
      community: Community,
      compounds: T.Array(Compound),
      facilities: T.Array(Facility),
      sites: T.Array(Site),
      placeVersion: T.Integer(),
    }),
  },
})

export const readCatalogue = endpoint({
  method: 'GET',
  url: '/api/districts/:district/catalogue',
  summary: '服务功能与规划指标（附来源）',
  params: DistrictParams,
  responses: { 200: T.Object({ version: T.Integer(), catalogue: Catalogue }) },
})

export const writeCatalogue = endpoint({
  method: 'PUT',
  url: '/api/districts/:district/catalogue',
  summary: '修改服务功能与规划指标（生成新版本，旧版本保留）',
  params: DistrictParams,
  body: T.Object({ base: T.Integer({ minimum: 1 }), catalogue: Catalogue }),
  responses: { 200: T.Object({ version: T.Integer() }), 409: Problem, 422: Problem },
})

const ImportParams = T.Object({ ...DistrictParams.properties, kind: T.Enum([...importKinds]) })

/** A row that is wrong is answered with the report (422); a file that cannot be read at all with a problem. */
export const importPlaces = endpoint({
  method: 'POST',
  url: '/api/districts/:district/imports/:kind',
  summary: '导入 XLSX 或 CSV（multipart 的 file 字段）；有一行不对就全部不导入',
  params: ImportParams,
  responses: { 200: ImportReport, 422: T.Union([ImportReport, Problem]) },
})

export const importTemplate = endpoint({
  method: 'GET',
  url: '/api/districts/:district/imports/:kind/template',
  summary: '下载导入模板（XLSX：表头、示例行与填写说明）',
  params: ImportParams,
  responses: { 200: T.Unknown() },
})
