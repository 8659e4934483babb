import { type Asked, questionFaults } from '../../shared/deliberations/question-rules.ts'
import type { Option } from '../../shared/deliberations/room.ts'
import type { Detail } from '../../shared/problem.ts'
import type { Db } from '../db/database.ts'
import { catalogue, site } from '../places/queries.ts'
import { isPlainText } from '../platform/plain-text.ts'
import { refuse } from '../refusals.ts'
import { ofDeliberation } from './found.ts'
import type { StoredDeliberation } from './queries.ts'
import { rosterSize } from './question-queries.ts'
import { roomProposals, roomStatements } from './room-queries.ts'
import { hasItem } from './statement-queries.ts'

/**
 * A question as it can be put to the vote in this deliberation: with the words of its options as they stand now.
 * @throws {Refusal} unknownItem, badQuestion
 */
export async function grounded(db: Db, found: StoredDeliberation, asked: Asked): Promise<Asked> {
  const of = ofDeliberation(found)
  if (asked.item !== null && !(await hasItem(db, of, asked.item))) throw refuse.unknownItem()
  const shown = asked.kind === 'opinion' ? await shownOptions(db, found, asked.options) : undefined
  const faults = [
    ...questionFaults(asked),
    ...textFaults(asked),
    ...(shown ? unknownFaults(asked.options, shown) : []),
    ...(await rosterFaults(db, found, asked)),
    ...(await requirementFaults(db, found, asked)),
  ]
  if (faults.length > 0) throw refuse.badQuestion(faults)
  const options = asked.options.map(({ id, text }) => ({ id, text: shown?.get(id) ?? text.trim() }))
  return { ...asked, title: asked.title.trim(), options }
}

/** A question without what has been taken off the wall, or merged into something else, since it was drawn up. */
export async function withoutGone(db: Db, found: StoredDeliberation, asked: Asked): Promise<Asked> {
  if (asked.kind !== 'opinion') return asked
  const shown = await shownOptions(db, found, asked.options)
  return { ...asked, options: asked.options.filter(({ id }) => shown.has(id)) }
}

/** What people weigh in a room are statements on the wall; in a consultation, the items of the draft. */
async function shownOptions(
  db: Db,
  found: StoredDeliberation,
  options: readonly Option[],
): Promise<Map<string, string>> {
  const of = ofDeliberation(found)
  if (found.kind === 'consultation')
    return new Map((await roomProposals(db, of)).map(({ id, title }): [string, string] => [id, title]))
  const ids = options.map(({ id }) => id)
  const statements = await roomStatements(db, of, ids)
  return new Map(statements.map(({ id, number, text }): [string, string] => [id, `${number}号：${text}`]))
}

function unknownFaults(options: readonly Option[], shown: ReadonlyMap<string, string>): Detail[] {
  return options.flatMap(({ id }, i) => {
    const message = '这一条不在墙上，可能已经撤下或并入另一条，请刷新后重新选。'
    return shown.has(id) ? [] : [{ at: `body/options/${i}/id`, rule: 'unknown', message }]
  })
}

function textFaults({ title, options }: Asked): Detail[] {
  const texts: [string, string][] = [
    ['body/title', title],
    ...options.map(({ text }, i): [string, string] => [`body/options/${i}/text`, text]),
  ]
  return texts.flatMap(([at, text]) => {
    return isPlainText(text) ? [] : [{ at, rule: 'text', message: '文字里有无法保存的字符，请重新输入。' }]
  })
}

async function rosterFaults(db: Db, found: StoredDeliberation, { quorum }: Asked): Promise<Detail[]> {
  if (quorum?.of !== 'roster' || (await rosterSize(db, ofDeliberation(found))) > 0) return []
  const message = '还没有邀请名单，算不出法定人数；请先录入名单，或者改为按到会人数计算。'
  return [{ at: 'body/quorum/of', rule: 'roster', message }]
}

async function requirementFaults(db: Db, found: StoredDeliberation, { requirement }: Asked): Promise<Detail[]> {
  if (!requirement) return []
  const { district_id, community_code } = found
  const where = await site(db, district_id, requirement.site)
  const { services } = (await catalogue(db, district_id)).catalogue
  const functions = services.flatMap((service) => service.functions)
  const faults: Detail[] = []
  if (where?.community !== community_code)
    faults.push({ at: 'body/requirement/site', rule: 'unknown', message: '本社区没有这个点位，请重新选。' })
  if (!functions.some(({ code }) => code === requirement.function))
    faults.push({ at: 'body/requirement/function', rule: 'unknown', message: '功能目录里没有这项功能，请重新选。' })
  return faults
}
