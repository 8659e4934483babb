import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'

const built = fileURLToPath(new URL('../web/dist', import.meta.url))

/** The form as residents see it, in a frame on the desk: the one page that another of ours may frame. */
const framed = '/desk/preview'

/** Addresses inside the pages, and the page that shows them. The desk, the residents and the wall load nothing of each other. */
const pages: Record<string, string[]> = {
  's.html': ['/s', '/s/*', '/withdraw', '/help', '/help/*', '/m', '/m/*', '/w', '/w/*'],
  'index.html': ['/desk', '/desk/*'],
  'screen.html': ['/screen/*'],
}

/**
 * Serves the built pages, compressed when they were built; hashed files are kept by browsers for a year, the pages themselves and the
 * service worker are asked for anew.
 */
export async function servePages(app: FastifyInstance): Promise<void> {
  if (!existsSync(built)) return
  await app.register(fastifyStatic, {
    root: built,
    preCompressed: true,
    // Cut down to what is listed here: compressed copies are no addresses of their own.
    allowedPath: (path) => !/\.(br|gz)$/.test(path),
    setHeaders: (reply, path) => {
      const hashed = path.includes('/assets/')
      reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  for (const [page, addresses] of Object.entries(pages)) {
    for (const url of addresses) {
      app.get(url, { schema: { hide: true } }, (_request, reply) => reply.sendFile(page))
    }
  }
  app.get(framed, { schema: { hide: true } }, (_request, reply) => {
    const rules = String(reply.getHeader('content-security-policy'))
    reply.header('content-security-policy', rules.replace("frame-ancestors 'none'", "frame-ancestors 'self'"))
    return reply.sendFile('preview.html')
  })
}
