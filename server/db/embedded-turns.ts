import { randomUUID } from 'node:crypto'
import { link, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Identity, identify, lives } from './embedded-processes.ts'

/** Runs `work` while no other process does the same on this directory; the lock of a dead process is taken over. */
export async function takeTurn<T>(directory: string, work: () => Promise<T>): Promise<T> {
  const file = join(directory, 'lock')
  await mkdir(directory, { recursive: true, mode: 0o700 })
  while (!(await seize(file))) await sleep(20)
  try {
    return await work()
  } finally {
    await rm(file, { force: true })
  }
}

async function seize(file: string): Promise<boolean> {
  // A link appears whole, with its holder's name inside, or not at all.
  const mine = `${file}-${randomUUID()}`
  await writeFile(mine, JSON.stringify(identify(process.pid)))
  try {
    await link(mine, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    await rm(mine, { force: true })
  }
  await dropStale(file)
  return false
}

async function dropStale(file: string): Promise<void> {
  const holder = await readIdentity(file)
  if (!holder || lives(holder)) return
  const aside = `${file}-${randomUUID()}`
  await rename(file, aside).catch(() => undefined)
  await rm(aside, { force: true })
}

async function readIdentity(file: string): Promise<Identity | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Identity
  } catch {
    return undefined
  }
}

/** Notes, during a turn, that this process uses the database; the answer takes the note back. */
export async function signIn(directory: string): Promise<() => Promise<void>> {
  const file = join(directory, `user-${process.pid}-${randomUUID()}`)
  await writeFile(file, JSON.stringify(identify(process.pid)))
  return async () => await rm(file, { force: true })
}

/** How many living processes use the database; the notes of dead ones are cleared away. */
export async function countUsers(directory: string): Promise<number> {
  const names = await readdir(directory).catch(() => [] as string[])
  let users = 0
  for (const name of names.filter((each) => each.startsWith('user-'))) {
    const user = await readIdentity(join(directory, name))
    if (user && lives(user)) users += 1
    else await rm(join(directory, name), { force: true })
  }
  return users
}
