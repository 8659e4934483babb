/**
 * Makes the page open without network from now on, where the browser can. Call it when nobody waits for the network any more. What
 * rooms and wishes load beside a survey is kept for those only who have been there.
 */
export function keepForOffline(what: 'survey' | 'room' | 'wishes' = 'survey'): void {
  const workers = navigator.serviceWorker
  if (!workers) return
  workers.register('/sw.js').catch(() => undefined)
  if (what !== 'survey') void workers.ready.then(({ active }) => active?.postMessage(what))
}
