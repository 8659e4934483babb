/**
 * Makes the page open without network from now on, where the browser can. Call it when nobody waits for the network any more. What a
 * room loads beside a survey is kept for those only who have been in one.
 */
export function keepForOffline(what: 'survey' | 'room' = 'survey'): void {
  const workers = navigator.serviceWorker
  if (!workers) return
  workers.register('/sw.js').catch(() => undefined)
  if (what === 'room') void workers.ready.then(({ active }) => active?.postMessage(what))
}
