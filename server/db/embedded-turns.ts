import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
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
  try {
    await writeFile(file, JSON.stringify(identify(process.pid)), { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  await dropStale(file)
  return false
}

async function dropStale(file: string): Promise<void> {
  const holder = await readIdentity(file)
  if (holder === 'gone' || (holder !== 'unreadable' && lives(holder))) return
  // A holder writes its name in the moment after it creates the file: what is still nameless later is a remnant.
  if (holder === 'unreadable') await sleep(200)
  const now = await readIdentity(file)
  if (JSON.stringify(now) !== JSON.stringify(holder)) return
  const aside = `${file}.${randomUUID()}`
  await rename(file, aside).catch(() => undefined)
  await rm(aside, { force: true })
}

async function readIdentity(file: string): Promise<Identity | 'gone' | 'unreadable'> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Identity
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'gone' : 'unreadable'
  }
}

/** Notes that this process uses the database; the answer takes the note back. */
export async function signIn(directory: string): Promise<() => Promise<void>> {
  const file = join(directory, `user-${process.pid}-${randomUUID()}`)
  await mkdir(directory, { recursive: true, mode: 0o700 })
  await writeFile(file, JSON.stringify(identify(process.pid)))
  return async () => await rm(file, { force: true })
}

/** How many living processes use the database; the notes of dead ones are cleared away. */
export async function countUsers(directory: string): Promise<number> {
  const names = await readdir(directory).catch(() => [] as string[])
  let users = 0
  for (const name of names.filter((each) => each.startsWith('user-'))) {
    const user = await readIdentity(join(directory, name))
    if (user === 'unreadable' || (user !== 'gone' && lives(user))) users += 1
    else await rm(join(directory, name), { force: true })
  }
  return users
}
