import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/**
 * The open fonts (SIL OFL 1.1) that come with the program: Noto Serif SC and Noto Sans SC, static TrueType with full coverage of
 * simplified Chinese. The fonts that GB/T 9704 asks for are licensed: they are named first wherever a name is written, and used where
 * the machine has them.
 */
const require = createRequire(import.meta.url)

function folder(name: 'noto-serif-sc' | 'noto-sans-sc'): string {
  return dirname(require.resolve(`@expo-google-fonts/${name}/package.json`))
}

export const sansFamily = 'Noto Sans SC'

/** Folders with one TrueType file each, for programs that search folders. */
export const fontFolders = [
  join(folder('noto-serif-sc'), '400Regular'),
  join(folder('noto-serif-sc'), '700Bold'),
  join(folder('noto-sans-sc'), '500Medium'),
]

export const sansFiles = [join(folder('noto-sans-sc'), '400Regular', 'NotoSansSC_400Regular.ttf')]

/** For what is read from a distance: plain and bold. */
export const posterFolders = [join(folder('noto-sans-sc'), '400Regular'), join(folder('noto-sans-sc'), '700Bold')]
