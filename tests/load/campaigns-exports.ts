import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openPool } from '../../server/db/database.ts'
import { startEmbedded } from '../../server/db/embedded.ts'
import type { Export, MicrodataFormat } from '../../shared/exports/api.ts'
import { numbers, submissionOf } from './answers.ts'
import { note, report } from './measure.ts'
import { prepare } from './prepare.ts'
import { atRest, cpuSecondsOf, residentMbOf, type ServerProcess, startProcess } from './server-process.ts'

const bench = 'campaigns'
const FEW = 10_000
const ANSWERS = 50_000
const COMMUNITIES = 105
const LIMIT_S: Record<MicrodataFormat, number> = { csv: 5, xlsx: 20, sav: 20 }
const LIMIT_MB = 300

/** Exports as the desk asks for them: seconds until the file is there, and the memory and processor time of the process that makes it. */
const dataDir = await mkdtemp(join(tmpdir(), 'yixu-bench-exports-'))
const key = randomBytes(24).toString('base64url')
const embedded = await startEmbedded({ dataDir })
const environment = { DATA_DIR: dataDir, DATABASE_URL: '', SEED: 'none', PORT: '0', STAFF_KEY: key, LOG_LEVEL: 'warn' }
const server = await startProcess({ script: 'server/main.ts', environment })
try {
  const { communities } = await prepare(server.url, key, COMMUNITIES)
  await fill(communities, 0, FEW)
  for (const format of Object.keys(LIMIT_S) as MicrodataFormat[]) {
    const { mb } = await exported(server, format)
    note({ bench, figure: `export_${format}_rss_at_${FEW}`, value: mb, unit: 'MB', better: 'lower' })
  }
  await fill(communities, FEW, ANSWERS)
  // New answers are looked through for signs first.
  await atRest(server)
  for (const format of Object.keys(LIMIT_S) as MicrodataFormat[]) {
    const { mb, seconds, bytes, cpu } = await exported(server, format)
    report({ bench, figure: `export_${format}`, value: seconds, unit: 's', limit: LIMIT_S[format], better: 'lower' })
    note({ bench, figure: `export_${format}_cpu`, value: cpu, unit: 's', better: 'lower' })
    report({ bench, figure: `export_${format}_rss`, value: mb, unit: 'MB', limit: LIMIT_MB, better: 'lower' })
    note({ bench, figure: `export_${format}_size`, value: bytes / 1e6, unit: 'MB', better: 'lower' })
  }
} finally {
  await server.stop()
  await embedded.stop()
  await rm(dataDir, { recursive: true, force: true })
}

/** Answers past the front door: what is measured reads them only. The tallies, which tell that there are any, are noted by hand. */
async function fill(communities: string[], from: number, to: number): Promise<void> {
  const pool = openPool({ connectionString: embedded.url, max: 1, options: '-c yixu.district=1' })
  const random = numbers(to)
  for (let done = from; done < to; done += 1_000) {
    const some = Array.from({ length: 1_000 }, () => submissionOf(random, communities))
    await pool.query(
      `insert into responses (district_id, id, survey_code, version, community_code, channel, proxy, started_at, submitted_at,
        received_at, consent_version, answers)
      select 1, id, 'needs2026', 1, community, 'online', proxy, now(), now(), now(), '1', answers
      from json_to_recordset($1) as one (id uuid, community text, proxy boolean, answers json)`,
      [JSON.stringify(some)],
    )
  }
  await pool.query(
    `insert into tally_versions (district_id, survey_code, version, community_code, tally_version)
    values (1, 'needs2026', 1, $1, 1) on conflict do nothing`,
    [communities[0]],
  )
  await pool.end()
}

async function exported({ url }: ServerProcess, format: MicrodataFormat) {
  const base = new URL('/api/districts/YX/surveys/needs2026/exports', url).href
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  const body = JSON.stringify({ format, purpose: '测速' })
  const begun = performance.now()
  const cpuBefore = makerOf()?.cpu ?? 0
  let mb = 0
  let found = (await (await fetch(`${base}/microdata`, { method: 'POST', headers, body })).json()) as Export
  while (found.status !== 'done') {
    if (found.status === 'failed') throw new Error(found.problem ?? '')
    await sleep(50)
    mb = Math.max(mb, makerOf()?.mb ?? 0)
    found = (await (await fetch(`${base}/${found.id}`, { headers })).json()) as Export
  }
  const seconds = (performance.now() - begun) / 1_000
  return { seconds, mb, bytes: found.bytes!, cpu: (makerOf()?.cpu ?? 0) - cpuBefore }
}

/** The process beside the server that makes files, while it is there: resident megabytes and seconds of processor time. */
function makerOf(): { mb: number; cpu: number } | undefined {
  const { pid } = server.process
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean)
  const maker = children.find((child) => readFileSync(`/proc/${child}/cmdline`, 'utf8').includes('write-process'))
  return maker === undefined ? undefined : { mb: residentMbOf(maker) || 0, cpu: cpuSecondsOf(maker) }
}
