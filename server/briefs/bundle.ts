import type { Audience } from '../../shared/briefs/api.ts'
import type { District, Site } from '../../shared/places/api.ts'
import { type Db, forDistrict } from '../db/database.ts'
import type { Entry } from '../documents/archive.ts'
import { toCsv } from '../documents/csv.ts'
import type { Renderer } from '../documents/renderer.ts'
import { holds, type Reach } from '../people/reach.ts'
import { sites } from '../places/queries.ts'
import type { Look } from '../platform/audit.ts'
import { refuse } from '../refusals.ts'
import { composeBrief } from './compose.ts'
import type { Composer } from './composer.ts'
import { namer } from './entries.ts'
import { briefName, fitForFile, nameSites } from './names.ts'
import { storedBrief } from './queries.ts'
import { renderBrief, rendered } from './render.ts'

/** What makes and keeps briefs. */
export interface Workshop {
  db: Db
  composer: Composer
  renderer: Renderer
}

export interface BundleOptions {
  audience: Audience
  /** Composes every brief anew; otherwise only those of sites that have no edition yet. */
  anew: boolean
  at: Date
  /** Who composes those that are composed. */
  look: Omit<Look, 'subject'>
  /** Only sites within reach. */
  reach: Reach
  /** Sites worked on at the same time. */
  abreast?: number
}

const listColumns = ['点位代码', '点位', '社区', '版本', '稿次', '编制时间', '校验值（SHA-256）', '文件']

/** The sites that somebody's bundle has a brief of. */
export async function sitesWithin(db: Db, district: District, reach: Reach): Promise<Site[]> {
  return (await sites(db, district.id)).filter(({ community }) => holds(reach, community))
}

/**
 * The briefs of the sites of a district as files, site by site: DOCX, PDF and XLSX each, and a list of them at the end. Whoever stops
 * reading stops the work. @throws {Refusal} noSitesYet, noSurveyYet, busy
 */
export async function* bundle(whole: Workshop, district: District, options: BundleOptions): AsyncGenerator<Entry> {
  const workshop = { ...whole, db: forDistrict(whole.db, district.id) }
  const all = await sitesWithin(workshop.db, district, options.reach)
  if (all.length === 0) throw refuse.noSitesYet()
  const name = nameSites(all)
  const entryOf = await namer(workshop.db, district.id)
  const list: string[][] = []
  const tasks = all.map(
    ({ code }) =>
      () =>
        filesOf(workshop, district, code, options),
  )
  for await (const { brief, files } of abreast(tasks, options.abreast ?? 2)) {
    const entry = entryOf(brief)
    const title = briefName({ ...entry, siteName: name.get(brief.site)! })
    const folder = fitForFile(entry.communityName)
    for (const format of rendered) yield { name: `${folder}/${title}.${format}`, data: files[format] }
    const edition = [entry.audience === 'public' ? '公开版' : '工作版', `第${entry.edition}稿`]
    list.push([entry.site, entry.siteName, entry.communityName, ...edition, entry.composedAt, entry.hash, title])
  }
  yield { name: '清单.csv', data: Buffer.from(toCsv(listColumns, list)) }
}

async function filesOf({ db, composer, renderer }: Workshop, district: District, site: string, options: BundleOptions) {
  const { audience, anew, at, look } = options
  const known = anew ? undefined : await storedBrief(db, district.id, { site, audience })
  const brief = known ?? (await composeBrief(db, composer, { district, site, audience, at, look }))
  return { brief, files: await renderBrief(renderer, brief.document, [...rendered]) }
}

/** Results in the order of the tasks, some of them worked on ahead of the reader. */
async function* abreast<T>(tasks: (() => Promise<T>)[], width: number): AsyncGenerator<T> {
  const started: Promise<T>[] = []
  let next = 0
  while (next < tasks.length || started.length > 0) {
    while (next < tasks.length && started.length < width) started.push(begun(tasks[next++]!))
    yield await started.shift()!
  }
}

/** It may fail before its turn comes, or after the reader has gone: whoever awaits it is told, and nobody else. */
function begun<T>(task: () => Promise<T>): Promise<T> {
  const started = task()
  started.catch(() => undefined)
  return started
}
