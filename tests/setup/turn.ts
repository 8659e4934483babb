import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** Test files run in processes of their own: what only one of them may do at a time waits for its turn here. */
export async function inTurn<T>(name: string, work: () => Promise<T>): Promise<T> {
  const held = join(tmpdir(), `yixu-turn-${name}`)
  while (!(await take(held))) await sleep(100)
  try {
    return await work()
  } finally {
    await rm(held, { recursive: true, force: true })
  }
}

async function take(held: string): Promise<boolean> {
  try {
    await mkdir(held)
    await writeFile(join(held, 'pid'), String(process.pid))
    return true
  } catch {
    if (await isLeftOver(held)) await rm(held, { recursive: true, force: true })
    return false
  }
}

/** Whoever held it was killed. A pid that is not written yet belongs to somebody who is just starting. */
async function isLeftOver(held: string): Promise<boolean> {
  const pid = Number(await readFile(join(held, 'pid'), 'utf8').catch(() => Number.NaN))
  if (Number.isNaN(pid)) return false
  try {
    process.kill(pid, 0)
    return false
  } catch {
    return true
  }
}
