/**
 * Lets a survey, a room or the wishes that were opened once be opened again without network: the residents' page and what it loads, nothing else.
 * Data is not its business: the pages keep what they were answered themselves.
 */

/** Filled in when the pages are built: the addresses of everything that the page loads, and of what only rooms and only wishes load. */
declare const SHELL: string[]
declare const PARTS: Record<string, string[]>
declare const SHELL_VERSION: string

interface Extendable extends Event {
  waitUntil(work: Promise<unknown>): void
}
interface Fetching extends Extendable {
  request: Request
  respondWith(answer: Promise<Response>): void
}
interface Worker {
  location: Location
  skipWaiting(): Promise<void>
  clients: { claim(): Promise<void> }
  addEventListener(type: 'install' | 'activate', act: (event: Extendable) => void): void
  addEventListener(type: 'fetch', act: (event: Fetching) => void): void
  addEventListener(type: 'message', act: (event: Extendable & { data: unknown }) => void): void
}
const worker = self as unknown as Worker
const parts = PARTS
const shelf = `pages-${SHELL_VERSION}`
const PAGE = '/s'
/** Kept beside the parts: this phone has been there. */
const PART_PAGES: Record<string, string> = { room: '/m', wishes: '/w' }
const PATIENCE_MS = 4_000

worker.addEventListener('install', (event) => event.waitUntil(keepPages()))
worker.addEventListener('activate', (event) => event.waitUntil(forgetOldPages()))
worker.addEventListener('fetch', (event) => {
  const { pathname, origin } = new URL(event.request.url)
  if (event.request.method !== 'GET' || origin !== worker.location.origin) return
  if (event.request.mode === 'navigate' && isForResidents(pathname)) event.respondWith(page(event.request))
  else if (isKept(pathname)) event.respondWith(asset(event.request))
})
worker.addEventListener('message', (event) => {
  const part = String(event.data)
  if (part in PART_PAGES) event.waitUntil(keepPart(part))
})

async function keepPages(): Promise<void> {
  await (await caches.open(shelf)).addAll([PAGE, ...SHELL])
  // Kept under an earlier version.
  for (const [part, at] of Object.entries(PART_PAGES)) if (await caches.match(at)) await keepPart(part)
  await worker.skipWaiting()
}

async function keepPart(part: string): Promise<void> {
  const pages = await caches.open(shelf)
  const at = PART_PAGES[part]!
  if (await pages.match(at)) return
  // Rooms and wishes share some of what they load.
  const needed = [at, ...parts[part]!]
  const missing = await Promise.all(needed.map(async (one) => ((await pages.match(one)) ? [] : [one])))
  await pages.addAll(missing.flat())
}

async function forgetOldPages(): Promise<void> {
  const names = await caches.keys()
  await Promise.all(names.filter((name) => name !== shelf).map((name) => caches.delete(name)))
  await worker.clients.claim()
}

const isKept = (path: string) => SHELL.includes(path) || Object.values(parts).some((part) => part.includes(path))
const isForResidents = (path: string) => /^\/(s|m|w|withdraw)(\/|$)/.test(path)

/** The page as it is now; where the network does not answer, as it was. */
async function page(request: Request): Promise<Response> {
  const kept = await (await caches.open(shelf)).match(PAGE)
  if (!kept) return await fetch(request)
  const late = new Promise<Response>((resolve) => setTimeout(() => resolve(kept), PATIENCE_MS))
  return await Promise.race([fetch(request).catch(() => kept), late])
}

/** Its name changes with its content, so what is kept is right. */
async function asset(request: Request): Promise<Response> {
  return (await (await caches.open(shelf)).match(request.url)) ?? (await fetch(request))
}
