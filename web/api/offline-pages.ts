/** Makes the page open without network from now on, where the browser can. Call it when nobody waits for the network any more. */
export function keepForOffline(): void {
  navigator.serviceWorker?.register('/sw.js').catch(() => undefined)
}
