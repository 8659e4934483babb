import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/** Styles that the desk's components make while running go where a strict Content-Security-Policy lets them: see adopted-styles.ts. */
const adoptedStyles: Plugin = {
  name: 'adopted-styles',
  enforce: 'pre',
  resolveId: (source, importer) =>
    /\/Dom\/dynamicCSS$/.test(source) || (source === './cssUtils' && importer?.includes('@ant-design/icons'))
      ? fileURLToPath(new URL('kit/adopted-styles.ts', import.meta.url))
      : undefined,
}

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Tells the service worker what the residents' page loads, lazily loaded parts included, and what only those load who enter a room or look at wishes. */
const residentShell: Plugin = {
  name: 'resident-shell',
  // Last, when chunks of nothing but styles are gone: a worker that asks for one of those is never installed.
  generateBundle: {
    order: 'post',
    handler(_, bundle) {
      const chunks = Object.values(bundle).filter((one) => one.type === 'chunk')
      const made = (from: string) => chunks.find(({ facadeModuleId }) => facadeModuleId === here(from))!.fileName
      const reach = (name: string, known: ReadonlySet<string>, found = new Set<string>()) => {
        const chunk = bundle[name]
        if (found.has(name) || known.has(name) || chunk?.type !== 'chunk') return found
        found.add(name)
        for (const css of chunk.viteMetadata?.importedCss ?? []) found.add(css)
        for (const next of [...chunk.imports, ...chunk.dynamicImports]) reach(next, known, found)
        return found
      }
      const doors = { room: made('deliberations/phone-pages.tsx'), wishes: made('resident-wishes.tsx') }
      const shell = reach(made('s.html'), new Set(Object.values(doors)))
      const list = (names: Iterable<string>) => [...names].sort().map((name) => `/${name}`)
      const parts = Object.fromEntries(
        Object.entries(doors).map(([part, door]) => [part, list(reach(door, shell))] as const),
      )
      const version = createHash('sha256')
        .update(JSON.stringify([list(shell), parts]))
        .digest('hex')
        .slice(0, 12)
      const worker = chunks.find(({ fileName }) => fileName === 'sw.js')!
      worker.code = worker.code
        .replaceAll('SHELL_VERSION', JSON.stringify(version))
        .replaceAll('SHELL', JSON.stringify(list(shell)))
        .replaceAll('PARTS', JSON.stringify(parts))
    },
  },
}

/** The browser only needs addresses and types of the calls: the schemas that describe them are left at home. */
const noSchemas: Plugin = {
  name: 'no-schemas',
  enforce: 'pre',
  resolveId: (source) => (source === 'typebox' ? here('api/no-schemas.ts') : undefined),
}

export default defineConfig({
  root: here('.'),
  plugins: [adoptedStyles, noSchemas, residentShell, react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2020',
    rollupOptions: {
      input: {
        index: here('index.html'),
        s: here('s.html'),
        preview: here('preview.html'),
        screen: here('screen.html'),
        sw: here('api/service-worker.ts'),
      },
      output: { entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js') },
    },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:3000' } },
  logLevel: 'warn',
})
