import { type ChildProcess, execFile, type SpawnOptions, spawn } from 'node:child_process'
import { access, chmod, chown, mkdir, stat } from 'node:fs/promises'
import { dirname, join, parse } from 'node:path'
import { promisify } from 'node:util'
import type { Binaries } from './embedded-binaries.ts'

const run = promisify(execFile)

interface Owner {
  uid: number
  gid: number
}

/** Who PostgreSQL runs as: it refuses to run as root, so root lends it an unprivileged user of the system. */
export interface RunAs {
  owner?: Owner
  /** Words put before a command so that its unprivileged user can pass through directories closed to it. */
  passage: string[]
}

/**
 * Chooses the user and gives it the directory that it writes to.
 * @throws {Error} in Chinese when root has no unprivileged user to lend
 */
export async function prepareUser(binaries: Binaries, dataDir: string): Promise<RunAs> {
  await mkdir(dataDir, { recursive: true, mode: 0o711 })
  if (process.getuid?.() !== 0) return { passage: [] }
  const owner = (await find('postgres')) ?? (await create()) ?? (await find('nobody'))
  if (!owner) {
    throw new Error('内置数据库不能以 root 身份运行，又没能建立 postgres 用户：请换普通用户启动，或设置 DATABASE_URL')
  }
  const places = [dataDir, join(binaries.home, 'bin'), join(binaries.home, 'share', 'postgresql', 'extension')]
  const open = await Promise.all(places.map((place) => isOpen(place, owner)))
  return { owner, passage: open.every(Boolean) ? [] : await passage(owner) }
}

async function find(name: string): Promise<Owner | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])])
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
  } catch {
    return undefined
  }
}

async function create(): Promise<Owner | undefined> {
  await run('groupadd', ['--system', 'postgres']).catch(() => undefined)
  await run('useradd', ['--system', '--gid', 'postgres', '--no-create-home', 'postgres']).catch(() => undefined)
  return await find('postgres')
}

/** Whether a user can walk down to a directory; group membership beyond the first is not counted. */
async function isOpen(directory: string, owner: Owner): Promise<boolean> {
  for (let place = directory; place !== parse(place).root; place = dirname(place)) {
    const { mode, uid, gid } = await stat(place)
    const bit = uid === owner.uid ? 0o100 : gid === owner.gid ? 0o010 : 0o001
    if ((mode & bit) === 0) return false
  }
  return true
}

/**
 * A checkout under /root is closed to everybody else. Rather than open somebody's home, the unprivileged user keeps
 * one right of root's: to read and to pass through, not to write.
 */
async function passage(owner: Owner): Promise<string[]> {
  const right = '+dac_read_search'
  const prefix = ['setpriv', `--reuid=${owner.uid}`, `--regid=${owner.gid}`, '--clear-groups']
  const words = [...prefix, `--inh-caps=${right}`, `--ambient-caps=${right}`, '--']
  try {
    await run(words[0] ?? '', [...words.slice(1), 'true'])
    return words
  } catch (cause) {
    const advice = '请把程序和 DATA_DIR 放到其他用户也能进入的目录（例如 /srv/yixu），或换普通用户启动'
    throw new Error(`以 root 身份启动时，内置数据库的 postgres 用户进不了程序或数据所在的目录：${advice}`, { cause })
  }
}

/** Makes a directory that only PostgreSQL can use. */
export async function ownDirectory(directory: string, as: RunAs): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  await own(directory, as)
  await chmod(directory, 0o700)
}

/** Hands one file or directory to the user that PostgreSQL runs as. */
export async function own(path: string, as: RunAs): Promise<void> {
  if (as.owner) await chown(path, as.owner.uid, as.owner.gid)
}

/** Starts a program as that user, with an environment that holds nothing of ours. */
export function spawnAs(as: RunAs, command: string, args: string[], options: SpawnOptions): ChildProcess {
  const [program, ...rest] = [...as.passage, command, ...args]
  const env = { PATH: process.env.PATH ?? '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }
  const ids = as.passage.length > 0 ? {} : as.owner
  return spawn(program ?? command, rest, { ...options, ...ids, env })
}

/** Whether a path exists. */
export async function exists(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  )
}
