import type { AgeBand, CommunityCoverage, CoverageCell, Quota } from '../../shared/campaigns/api.ts'
import { ageDigit, bandsOf, EVERYBODY, OUTSIDE } from '../../shared/campaigns/bands.ts'
import type { Db } from '../db/database.ts'
import { holds, type Reach } from '../people/reach.ts'
import { allCommunityCodes } from '../places/queries.ts'
import { publishedSurvey } from '../surveys/published.ts'
import { roundsOf, type VersionInRound } from '../surveys/round-queries.ts'
import { answersByDay, cellSums, tallyChanges } from '../surveys/tally-queries.ts'
import { campaignChanges, doorsOf, type Of, quotasOf, slipCounts } from './queries.ts'

/** The answers that count: of one round or `all`, by default of the newest, in which targets are to be reached. */
export interface OfRound extends Of {
  round?: string
}

/** A community of the board in memory, with the text that goes out and the changes that it has taken in. */
interface Row {
  changes: string
  coverage: CommunityCoverage
  json: string
}

/** The board of one survey and round, kept between requests; only communities in which something changed are read again. */
interface Board {
  rows: Map<string, Row>
  running: Promise<unknown>
  queued?: Promise<Map<string, Row>>
}

const MOST_BOARDS = 20
const keptFor = new WeakMap<Db, Map<string, Board>>()

function boardOf(db: Db, { districtId, survey, round = '' }: OfRound): Board {
  const boards = keptFor.get(db) ?? new Map<string, Board>()
  keptFor.set(db, boards)
  const key = `${districtId}/${survey}/${round}`
  const board = boards.get(key) ?? { rows: new Map(), running: Promise.resolve() }
  boards.delete(key)
  boards.set(key, board)
  const [oldest] = boards.keys()
  if (boards.size > MOST_BOARDS && oldest !== undefined) boards.delete(oldest)
  return board
}

/** The board of a survey, community by community. Requests that arrive together share one look at the database. */
export async function coverageOf(db: Db, of: OfRound): Promise<Map<string, Row>> {
  const board = boardOf(db, of)
  board.queued ??= board.running.then(() => {
    board.queued = undefined
    const run = update(db, of, board)
    board.running = run.catch(() => undefined)
    return run
  })
  return await board.queued
}

interface Look {
  /** The versions whose answers count. */
  versions: number[]
  /** How often each community has changed, as text; the same text means the same row. */
  changes: Map<string, string>
}

function versionsOf(rounds: VersionInRound[], wanted: string | undefined): number[] {
  const number = wanted === undefined ? rounds.at(-1)?.round : Number(wanted)
  return rounds.filter(({ round }) => wanted === 'all' || round === number).map(({ version }) => version)
}

async function lookAt(db: Db, of: OfRound): Promise<Look> {
  const { districtId, survey } = of
  const [rounds, codes, tallies, own] = await Promise.all([
    roundsOf(db, districtId, survey),
    allCommunityCodes(db, districtId),
    tallyChanges(db, districtId, survey),
    campaignChanges(db, of),
  ])
  const versions = versionsOf(rounds, of.round)
  const counted = new Map<string, number>()
  for (const { community, version, changes } of tallies)
    if (versions.includes(version)) counted.set(community, (counted.get(community) ?? 0) + changes)
  const text = (code: string) => `${versions.join(',')}/${counted.get(code) ?? 0}/${own.get(code) ?? 0}`
  return { versions, changes: new Map(codes.map((code) => [code, text(code)])) }
}

async function update(db: Db, of: OfRound, board: Board): Promise<Map<string, Row>> {
  // The changes are read first: what changes in between only makes the next reader look again.
  const { versions, changes } = await lookAt(db, of)
  const stale = [...changes].filter(([code, text]) => board.rows.get(code)?.changes !== text).map(([code]) => code)
  const fresh = stale.length > 0 ? await readRows(db, of, versions, stale) : new Map<string, CommunityCoverage>()
  const rows = [...changes].map(([code, text]): [string, Row] => {
    const coverage = fresh.get(code)
    if (!coverage) return [code, board.rows.get(code)!]
    return [code, { changes: text, coverage, json: JSON.stringify(coverage) }]
  })
  board.rows = new Map(rows)
  return board.rows
}

/** What changes whenever the board that is within reach does. */
export async function coverageState(db: Db, of: OfRound, reach: Reach): Promise<string> {
  const { changes } = await lookAt(db, of)
  return stateOf([...changes].filter(([code]) => holds(reach, code)).map(([, text]) => text))
}

function stateOf(changes: string[]): string {
  const sums = [0, 0]
  for (const text of changes) {
    const [, tallies, own] = text.split('/')
    sums[0]! += Number(tallies)
    sums[1]! += Number(own)
  }
  const [versions = ''] = changes[0]?.split('/') ?? []
  return `${changes.length}-${versions}-${sums.join('-')}`
}

/** The board as JSON, as far as the reader may look. */
export async function coverageJson(db: Db, of: OfRound, reach: Reach): Promise<string> {
  const versions = await roundsOf(db, of.districtId, of.survey)
  const bands = await bandsOfSurvey(db, of, versionsOf(versions, of.round).at(-1))
  const seen = [...(await coverageOf(db, of))].filter(([code]) => holds(reach, code)).map(([, row]) => row)
  const rounds = [...new Set(versions.map(({ round }) => round))]
  const head = { survey: of.survey, state: stateOf(seen.map(({ changes }) => changes)), rounds, bands }
  const rows = seen.map(({ json }) => json).join(',')
  return `${JSON.stringify(head).slice(0, -1)},"communities":[${rows}]}`
}

/** The age bands of a version of a survey, by default the current one. */
export async function bandsOfSurvey(db: Db, { districtId, survey }: Of, version?: number): Promise<AgeBand[]> {
  return bandsOf((await publishedSurvey(db, districtId, survey, version)).survey.plan)
}

async function readRows(db: Db, of: Of, versions: number[], codes: string[]): Promise<Map<string, CommunityCoverage>> {
  const { districtId, survey } = of
  const rows = new Map(codes.map((community) => [community, empty(community)]))
  const [quotas, doors, slips, days] = await Promise.all([
    quotasOf(db, of, codes),
    doorsOf(db, of, codes),
    slipCounts(db, of, codes),
    answersByDay(db, districtId, survey, versions, codes),
    ...versions.map((version) => countAnswers(db, of, version, rows)),
  ])
  for (const quota of quotas) cellIn(rows.get(quota.community)!, quota).target = quota.target
  for (const { community, outcome, doors: n } of doors)
    rows.get(community)![outcome === 'refused' ? 'refused' : 'notHome'] = n
  for (const { community, ...counts } of slips) rows.get(community)!.slips = counts
  for (const { community, day, n } of days) rows.get(community)!.days.push({ day, n })
  return rows
}

async function countAnswers(db: Db, of: Of, version: number, rows: Map<string, CommunityCoverage>): Promise<void> {
  const { survey } = await publishedSurvey(db, of.districtId, of.survey, version)
  const digit = ageDigit(survey.plan)
  const size = { stride: digit?.stride ?? 1, size: digit?.levels.length ?? 1 }
  const sums = await cellSums(db, of.districtId, { survey: of.survey, version }, size, [...rows.keys()])
  for (const { community, channel, review, digit: at, n } of sums) {
    const band = digit ? (at < 0 ? OUTSIDE : digit.levels[at]!) : EVERYBODY
    const cell = cellIn(rows.get(community)!, { channel, band })
    cell.reached += n
    if (review === 'kept') cell.valid += n
  }
}

function empty(community: string): CommunityCoverage {
  return { community, cells: [], refused: 0, notHome: 0, slips: { issued: 0, answered: 0 }, days: [] }
}

function cellIn({ cells }: CommunityCoverage, { channel, band }: Pick<Quota, 'channel' | 'band'>): CoverageCell {
  const known = cells.find((cell) => cell.channel === channel && cell.band === band)
  if (known) return known
  const cell = { channel, band, target: 0, reached: 0, valid: 0 }
  cells.push(cell)
  return cell
}
