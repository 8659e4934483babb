import type { BrowserContext, CDPSession, Page } from '@playwright/test'

/** What the visits of this bench are measured under. */
export const bench = 'phone'
export const ROUNDS = 3

/** A line, as the browser pretends to have it. */
export interface Line {
  latencyMs: number
  downMbit: number
  upMbit: number
}

const bytesPerSecond = (mbit: number) => (mbit * 1_000_000) / 8

/** A page on that line; `watch` runs inside it from its beginning and takes down in `window.seen` what was drawn when. */
export async function watchedPage<A>(
  context: BrowserContext,
  { latencyMs, downMbit, upMbit }: Line,
  watch: (argument: A) => void,
  argument: A,
): Promise<{ page: Page; session: CDPSession }> {
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: latencyMs,
    downloadThroughput: bytesPerSecond(downMbit),
    uploadThroughput: bytesPerSecond(upMbit),
  })
  // The loader that runs this file names every function, also those that run in the page.
  await page.addInitScript('globalThis.__name = (named) => named')
  await page.addInitScript(watch as (argument: unknown) => void, argument)
  return { page, session }
}

/** What was seen on the page, once it has come to `wanted`. */
export async function seenOn<Seen extends object>(page: Page, wanted: keyof Seen & string): Promise<Seen> {
  const has = (name: string) => (window as unknown as { seen: Record<string, unknown> }).seen[name]
  await page.waitForFunction(has, wanted, { timeout: 30_000 })
  return await page.evaluate(() => (window as unknown as { seen: Seen }).seen)
}
