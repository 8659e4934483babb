import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** A Node process of ours that serves HTTP. */
export interface ServerProcess {
  url: URL
  process: ChildProcess
  /** Resident memory now, in MB. */
  residentMb(): number
  /** Processor time of its main thread so far, in seconds; a busy neighbour does not change it. */
  mainThreadSeconds(): number
  /** Processor time of all its threads so far, in seconds. */
  cpuSeconds(): number
  /** Asks it to end, and waits until it has. */
  stop(): Promise<number | null>
}

export interface StartOptions {
  script: string
  environment: Record<string, string>
  nodeOptions?: string[]
}

/** The server as `npm start` runs it, built; anything else from its source. */
function runnable(script: string): string[] {
  if (script !== 'server/main.ts') return ['--import', 'tsx', script]
  execFileSync(process.execPath, ['server/build.mjs'], { cwd: root, stdio: 'inherit' })
  return ['dist/server/main.js']
}

/** Starts a script of this repository and waits until it has printed the address at which it listens. */
export async function startProcess({ script, environment, nodeOptions = [] }: StartOptions): Promise<ServerProcess> {
  const child = spawn(process.execPath, [...nodeOptions, ...runnable(script)], {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const url = await new Promise<URL>((resolve, reject) => {
    ended.then((code) => reject(new Error(`${script} ended with ${code} before it was ready`)))
    child.stdout?.on('data', (chunk) => {
      const address = /http:\/\/[\d.:]+/.exec(String(chunk))
      if (address) resolve(new URL(address[0]))
    })
  })
  return {
    url,
    process: child,
    residentMb: () => residentMbOf(child.pid),
    mainThreadSeconds: () => ticksOf(`/proc/${child.pid}/task/${child.pid}/stat`) / TICKS_PER_SECOND,
    cpuSeconds: () => cpuSecondsOf(child.pid),
    stop: () => {
      child.kill('SIGTERM')
      return ended
    },
  }
}

/** Resident memory of a process. */
export const residentMbOf = (pid: number | string | undefined): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024

/** Processor time of all threads of a process. */
export const cpuSecondsOf = (pid: number | string | undefined): number =>
  ticksOf(`/proc/${pid}/stat`) / TICKS_PER_SECOND

const TICKS_PER_SECOND = 100

/** User and system time of a task, in ticks of the clock: fields 14 and 15 of proc(5), counted after the name. */
function ticksOf(path: string): number {
  const fields = readFileSync(path, 'utf8').split(') ')[1]?.split(' ') ?? []
  return Number(fields[11]) + Number(fields[12])
}

/** Rest is little processor time for so long: longer than demand waits before it is worked out. */
const REST_MS = 2_500
const REST_SECONDS = 0.05

/** Waits until the server has worked out everything that was sent to it. */
export async function atRest(server: ServerProcess): Promise<void> {
  await untilLittle(() => server.cpuSeconds(), REST_SECONDS)
}

/** A machine has more to do than what we started on it, and a process that is being profiled never rests quite. */
const MACHINE_REST_SECONDS = { plain: 0.25, profiled: 0.75 }
const LONGEST_REST_MS = 120_000

/** Waits until the database and every process of ours have nothing to do either, or for so long on a machine that is never quiet. */
export async function machineAtRest(profiled: boolean): Promise<void> {
  await untilLittle(machineSeconds, MACHINE_REST_SECONDS[profiled ? 'profiled' : 'plain'], LONGEST_REST_MS)
}

const machineSeconds = () => cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys, 0) / 1_000

async function untilLittle(seconds: () => number, little: number, longestMs = Number.POSITIVE_INFINITY): Promise<void> {
  const begun = performance.now()
  while (performance.now() - begun < longestMs) {
    const before = seconds()
    await sleep(REST_MS)
    if (seconds() - before < little) return
  }
}
