import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { findBinaries, fullVersion } from '../../server/db/embedded-binaries.ts'
import { judgeVersion } from '../../server/db/versions.ts'
import { atLeast, type Check, judge, none } from './check.ts'
import { excepted, licences, mayRunScripts, packagesOf } from './s14-lock.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

interface Bill {
  bomFormat: string
  components: { name: string; version: string; licenses?: unknown[] }[]
}

/**
 * What the house is built from is pinned by its hash, comes under licences that were looked at, and runs nothing on its own when
 * it is installed. The lockfile names no addresses: npm takes packages from the registry it is set to, and the hashes hold
 * whatever that is. An old PostgreSQL is called old.
 */
export const s14: Check = async (_house, size) => {
  const packages = await packagesOf(join(root, 'package-lock.json'))
  const unpinned = packages.filter(({ integrity }) => !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? ''))
  const elsewhere = packages.filter(({ resolved }) => resolved && !/^https:\/\/registry\.npmjs\.org\//.test(resolved))
  const scripts = packages.filter(({ name, hasInstallScript }) => hasInstallScript && !mayRunScripts(name))
  const unlisted = packages.filter(({ name, license }) => !licences.includes(license ?? '') && !excepted[name])
  const used = new Set(packages.map(({ name }) => name))
  const idle = Object.keys(excepted).filter((name) => !used.has(name))
  const bill = await billOfMaterials()
  const missing = packages.filter(
    ({ name, optional }) => !optional && !bill.components.some((one) => one.name === name),
  )
  const verdict = judgeVersion('18.4')
  const said = await doctor()
  const version = await fullVersion(await findBinaries())
  const figures = [
    atLeast('packages', packages.length, 300),
    none('packages_without_hash', unpinned.length),
    none('packages_from_elsewhere', elsewhere.length),
    none('unlisted_install_scripts', scripts.length),
    none('unlisted_licences', unlisted.length),
    none('exceptions_without_package', idle.length),
    atLeast('components_in_bill_of_materials', bill.components.length, 200),
    none('missing_in_bill_of_materials', bill.bomFormat === 'CycloneDX' ? missing.length : packages.length),
    none('version_18_4_not_called_old', verdict.kind === 'outdated' ? 0 : 1),
    none('doctor_silent_about_it', version !== '18.4' || /\[注意\] PostgreSQL 18\.4.*已过时/.test(said) ? 0 : 1),
  ]
  const seen = [
    ...[...unpinned, ...elsewhere, ...scripts].map(({ name }) => name),
    ...unlisted.map(({ name, license }) => `${name}: ${license}`),
    ...[...idle, ...missing.map(({ name }) => `${name} is not in the bill`)],
  ]
  return judge('S14', size, figures, seen)
}

/** Written as a file that can be handed on, and read again. */
async function billOfMaterials(): Promise<Bill> {
  const folder = await mkdtemp(join(tmpdir(), 'yixu-bill-'))
  const file = join(folder, 'sbom.cyclonedx.json')
  const options = { cwd: root, maxBuffer: 64 * 1024 * 1024 }
  const { stdout } = await promisify(execFile)(
    'npm',
    ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'],
    options,
  )
  await writeFile(file, stdout)
  const bill = JSON.parse(await readFile(file, 'utf8')) as Bill
  await rm(folder, { recursive: true })
  // A package in a scope has its scope in a field of its own or in its name.
  const components = bill.components.map((one) => {
    const { group } = one as { group?: string }
    return { ...one, name: group ? `${group}/${one.name}` : one.name }
  })
  return { ...bill, components }
}

async function doctor(): Promise<string> {
  const env = { ...process.env, DATABASE_URL: '', DATA_DIR: join(tmpdir(), 'yixu-doctor-nothing') }
  const { stdout } = await promisify(execFile)(process.execPath, ['dist/server/cli/doctor.js'], { cwd: root, env })
  return stdout
}
