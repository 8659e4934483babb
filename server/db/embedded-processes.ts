import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'

/** A process, told apart from a later one that was given the same number. */
export interface Identity {
  pid: number
  started: string
}

/** What PostgreSQL says about itself in postmaster.pid. */
export interface Postmaster extends Identity {
  port: number
  status: string
}

const LINUX = process.platform === 'linux'

/** The running process with this number; undefined when there is none, or only its unreaped remains. */
export function identify(pid: number): Identity | undefined {
  if (!LINUX) return answers(pid) ? { pid, started: '' } : undefined
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'latin1')
    const fields = line.slice(line.lastIndexOf(')') + 2).split(' ')
    const dead = fields[0] === 'Z' || fields[0] === 'X'
    return dead ? undefined : { pid, started: fields[19] ?? '' }
  } catch {
    return undefined
  }
}

function answers(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Whether that very process still runs. */
export function lives(identity: Identity): boolean {
  return identify(identity.pid)?.started === identity.started
}

/** The PostgreSQL that runs on this data directory, if one does. */
export function findPostmaster(dataDirectory: string): Postmaster | undefined {
  const lines = readLines(join(dataDirectory, 'postmaster.pid'))
  const pid = Number(lines[0])
  if (!Number.isInteger(pid) || pid < 2) return undefined
  const identity = identify(pid)
  if (!identity || !isPostgresOf(pid, dataDirectory)) return undefined
  return { ...identity, port: Number(lines[3]), status: (lines[7] ?? '').trim() }
}

/** Whether postmaster.pid names a process that runs but is something else, as after a restart of the machine. */
export function pidFileMisleads(dataDirectory: string): boolean {
  const pid = Number(readLines(join(dataDirectory, 'postmaster.pid'))[0])
  return Number.isInteger(pid) && pid > 1 && identify(pid) !== undefined && !isPostgresOf(pid, dataDirectory)
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n')
  } catch {
    return []
  }
}

function isPostgresOf(pid: number, dataDirectory: string): boolean {
  const command = commandOf(pid)
  return command.includes('postgres') && command.includes(dataDirectory)
}

function commandOf(pid: number): string {
  try {
    if (LINUX) return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
    return execFileSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' })
  } catch {
    return ''
  }
}

/**
 * Ends the children that a killed PostgreSQL left at work: a new one cannot start while they hold its memory.
 * Only called when their parent is gone, so nothing that they still do could be acknowledged to anybody.
 */
export function endOrphans(dataDirectory: string): void {
  if (!LINUX) return
  for (const entry of readdirSync('/proc')) {
    const pid = Number(entry)
    if (pid > 1 && commandOf(pid).startsWith('postgres:') && workingDirectory(pid) === dataDirectory) {
      signal(pid, 'SIGKILL')
    }
  }
}

function workingDirectory(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return undefined
  }
}

/** Sends a signal to a process that may already be gone. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
