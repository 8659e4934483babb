/**
 * Lets a survey or a room that was opened once be opened again without network: the residents' page and what it loads, nothing else.
 * Data is not its business: the pages keep what they were answered themselves.
 */

/** Filled in when the pages are built: the addresses of everything that the page loads, and of what only rooms load. */
declare const SHELL: string[]
declare const ROOM_PARTS: string[]
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
const shelf = `pages-${SHELL_VERSION}`
const PAGE = '/s'
const ROOM_PAGE = '/m'
const PATIENCE_MS = 4_000

worker.addEventListener('install', (event) => event.waitUntil(keepPages()))
worker.addEventListener('activate', (event) => event.waitUntil(forgetOldPages()))
worker.addEventListener('fetch', (event) => {
  const { pathname, origin } = new URL(event.request.url)
  if (event.request.method !== 'GET' || origin !== worker.location.origin) return
  if (event.request.mode === 'navigate' && isForResidents(pathname)) event.respondWith(page(event.request))
  else if (SHELL.includes(pathname) || ROOM_PARTS.includes(pathname)) event.respondWith(asset(event.request))
})
worker.addEventListener('message', (event) => {
  if (event.data === 'room') event.waitUntil(keepRoom())
})

async function keepPages(): Promise<void> {
  await (await caches.open(shelf)).addAll([PAGE, ...SHELL])
  // Kept under an earlier version: this phone has been in a room.
  if (await caches.match(ROOM_PAGE)) await keepRoom()
  await worker.skipWaiting()
}

async function keepRoom(): Promise<void> {
  const pages = await caches.open(shelf)
  if (!(await pages.match(ROOM_PAGE))) await pages.addAll([ROOM_PAGE, ...ROOM_PARTS])
}

async function forgetOldPages(): Promise<void> {
  const names = await caches.keys()
  await Promise.all(names.filter((name) => name !== shelf).map((name) => caches.delete(name)))
  await worker.clients.claim()
}

const isForResidents = (path: string) => /^\/(s|m|withdraw)(\/|$)/.test(path)

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
