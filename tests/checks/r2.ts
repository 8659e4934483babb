import { setTimeout as sleep } from 'node:timers/promises'
import { auditStorm, recounted } from './audit.ts'
import { atLeast, type Check, judge, none, within } from './check.ts'
import type { House } from './house.ts'
import { longestGapMs, type Storm, startStorm } from './storm.ts'

/** kill -9 of PostgreSQL under load: the server lives on, asks people to wait, brings the database back and loses nothing. */
export const r2: Check = async (house, size) => {
  const [kills, pauseMs] = size === 'full' ? [10, 3_000] : [2, 1_000]
  const pid = house.pid()
  const storm = startStorm(house)
  const killed = new Set<number>()
  for (let kill = 0; kill < kills; kill += 1) {
    await sleep(pauseMs)
    killed.add(await killDatabase(house))
    await untilAcknowledged(storm)
  }
  await sleep(pauseMs)
  await storm.stop()
  const { different } = await recounted(house)
  const figures = [
    atLeast('kills', killed.size, kills),
    atLeast('acknowledged', storm.answers.size, kills * 50),
    ...(await auditStorm(house, storm)),
    none('tally_differences', different),
    none('other_process', house.pid() === pid && isAlive(pid) ? 0 : 1),
    within('longest_gap', longestGapMs(storm), 5_000),
  ]
  return judge('R2', size, figures, storm.faults)
}

async function killDatabase(house: House): Promise<number> {
  const pid = house.databasePid()
  if (!pid) throw new Error('the database does not run')
  process.kill(pid, 'SIGKILL')
  while (house.databasePid() === pid) await sleep(5)
  return pid
}

/** What was under way when the database died may still be acknowledged: only a later one shows that it is back. */
async function untilAcknowledged({ acknowledgedAt }: Storm): Promise<void> {
  await sleep(200)
  const before = acknowledgedAt.length
  const until = performance.now() + 60_000
  while (acknowledgedAt.length < before + 20) {
    if (performance.now() > until) throw new Error('nothing was acknowledged in the minute after the kill')
    await sleep(20)
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
