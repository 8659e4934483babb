import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { type AuditFilter, exportAudit, searchAuditCall } from '../../shared/people/audit-api.ts'
import type { Db } from '../db/database.ts'
import { csvLines, toCsv } from '../documents/csv.ts'
import { attachment } from '../platform/attachment.ts'
import { type AuditEntry, audit, type Search, searchAudit } from '../platform/audit.ts'
import { lineOf } from './audit-line.ts'
import { lookOf } from './look.ts'
import { mount } from './mount.ts'

const PAGE = 100
const EXPORT_PAGE = 2_000

/** The record can be read and taken away; nothing here or elsewhere changes it. */
export async function auditRoutes(app: FastifyInstance): Promise<void> {
  mount(app, searchAuditCall, async ({ db, district, query: { cursor, ...filter } }) => {
    const found = await searchAudit(
      db,
      district.id,
      { ...searchOf(filter), before: cursor === undefined ? undefined : Number(cursor) },
      PAGE + 1,
    )
    const entries = found.slice(0, PAGE)
    return { entries: entries.map(lineOf), next: found.length > PAGE ? String(entries.at(-1)!.seq) : null }
  })

  mount(app, exportAudit, async (request, reply) => {
    const { db, district, query } = request
    const { purpose, ...filter } = query
    await audit(db, lookOf(request, 'audit', { purpose, after: { filter } }), new Date())
    reply.type('text/csv; charset=utf-8')
    reply.header('content-disposition', attachment(`审计记录-${district.name}.csv`, `audit-${district.code}.csv`))
    return Readable.from(csvOf(db, district.id, searchOf(filter)))
  })
}

function searchOf({ actor, action, subject, from, to }: AuditFilter): Search {
  const end = to === undefined ? undefined : new Date(midnight(to).getTime() + DAY_MS)
  return { actor, action, subject, from: from === undefined ? undefined : midnight(from), to: end }
}

const DAY_MS = 86_400_000
const midnight = (day: string): Date => new Date(`${day}T00:00:00+08:00`)

const columns = [
  '序号',
  '时间（UTC）',
  '操作人',
  '操作',
  '对象',
  '变更前',
  '变更后',
  '用途',
  '来源',
  '前一条哈希',
  '本条哈希',
]

async function* csvOf(db: Db, districtId: number, search: Search): AsyncGenerator<string> {
  yield toCsv(columns, [])
  let before: number | undefined
  do {
    const page = await searchAudit(db, districtId, { ...search, before }, EXPORT_PAGE)
    if (page.length > 0) yield csvLines(page.map(rowOf))
    before = page.length < EXPORT_PAGE ? undefined : page.at(-1)!.seq
  } while (before !== undefined)
}

function rowOf({ seq, at, actor, action, subject, before, after, purpose, from, previous, hash }: AuditEntry) {
  const hashes = [previous.toString('hex'), hash.toString('hex')]
  return [seq, at.toISOString(), actor, action, subject, before, after, purpose, from, ...hashes]
}
