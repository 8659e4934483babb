import { createHash } from 'node:crypto'
import type { Demand } from '../../shared/demand/api.ts'
import type { ExportEdition } from '../../shared/exports/api.ts'
import { editionWords, featureOf } from '../../shared/exports/figures.ts'
import { checkedBy } from '../../shared/exports/words.ts'
import type { District } from '../../shared/places/api.ts'
import type { Db } from '../db/database.ts'
import { catalogue, communities, compounds } from '../places/queries.ts'
import { chinaTime } from '../platform/china-time.ts'
import type { KeptFiles } from './kept-files.ts'
import { NotMade } from './make.ts'
import { changeExport, type StoredExport } from './queries.ts'
import type { Written } from './write-worker.ts'

/** Where the figures of a district come from, by community: for staff, and as anybody may read them. */
export interface Figures {
  staff(district: District, survey: string): Promise<{ version: number; communities: Demand[] }>
  open(district: District, survey: string, community: string, at: Date): Promise<Demand | undefined>
}

/** The demand of the communities within reach as GeoJSON. @throws {NotMade} */
export async function makeFigures(
  db: Db,
  figures: Figures,
  files: KeptFiles,
  district: District,
  wanted: StoredExport,
): Promise<Written> {
  const { id, survey, reach, createdAt } = wanted
  const edition = wanted.edition as ExportEdition
  const all = await communities(db, district.id)
  const held = all.filter(({ code }) => reach === null || reach.includes(code))
  const demandOf = await demandIn(figures, edition, district, survey, createdAt)
  const standing = await compounds(db, district.id)
  const features: string[] = []
  for (const community of held) {
    const own = standing.filter((compound) => compound.community === community.code)
    features.push(JSON.stringify(featureOf(community, own, await demandOf(community.code), edition)))
    const reached = { rowsDone: features.length, rowsTotal: held.length }
    if (!(await changeExport(db, district.id, id, ['running'], reached))) throw new NotMade('cancelled')
  }
  const list = `[${features.join(',\n')}]`
  const sha256 = createHash('sha256').update(list).digest('hex')
  const { services } = (await catalogue(db, district.id)).catalogue
  const about = [
    `各社区需求数据（${survey}），${district.name}，${chinaTime(createdAt).slice(0, 16).replace('T', ' ')}（北京时间）。`,
    editionWords[edition],
    '点是社区各小区按户数加权的中心；份额为0至1，_low、_high 是95%区间的两端，pir 是优先度，gap 是缺口人数。',
    checkedBy.geojson,
  ]
  const names = Object.fromEntries(services.map(({ code, zh }) => [code, zh]))
  const said = { district: district.code, survey, edition, rows: held.length, sha256, about, services: names }
  const text = `{"type":"FeatureCollection","export":${JSON.stringify(said)},"features":${list}}`
  return await files.write(district.id, id, async (file) => {
    await file.writeFile(text)
    return { rows: held.length, sha256, about, columns: [] }
  })
}

async function demandIn(
  figures: Figures,
  edition: ExportEdition,
  district: District,
  survey: string,
  at: Date,
): Promise<(community: string) => Promise<Demand | undefined>> {
  if (edition === 'public') return (community) => figures.open(district, survey, community, at)
  const { communities: rows } = await figures.staff(district, survey)
  const known = new Map(rows.map((demand) => [demand.area.code, demand]))
  return async (community) => known.get(community)
}
