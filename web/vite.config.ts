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

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [adoptedStyles, react()],
  build: { outDir: 'dist', emptyOutDir: true, target: 'es2020' },
  server: { proxy: { '/api': 'http://127.0.0.1:3000' } },
  logLevel: 'warn',
})
