import type { Browser } from '@playwright/test'
import type { Demand } from '../../shared/demand/api.ts'
import { pc } from '../setup/browser.ts'
import { note, quantileOf, report } from './measure.ts'
import { bench, ROUNDS, seenOn, watchedPage } from './watched-page.ts'

const COMMUNITIES = 105
/** A PC in an office: this machine's own speed. */
const line = { latencyMs: 20, downMbit: 20, upMbit: 20 }
/** Work of the page that lasts longer keeps a click waiting. */
const QUIET_MS = 300

/** Milliseconds since the visit began. */
interface Seen {
  firstRows?: number
  allRows?: number
  /** End of the last stretch of work during which the page would not have answered a click. */
  busyUntil: number
}

function watch(wanted: number): void {
  const seen: Seen = { busyUntil: 0 }
  Object.assign(window, { seen })
  const drawn = (then: (at: number) => void) => requestAnimationFrame(() => setTimeout(() => then(performance.now())))
  const look = () => {
    const rows = document.querySelectorAll('.ant-table-row').length
    if (rows > 0 && seen.firstRows === undefined) {
      seen.firstRows = 0
      drawn((at) => Object.assign(seen, { firstRows: at }))
    }
    if (rows < wanted) return
    observer.disconnect()
    drawn((at) => Object.assign(seen, { allRows: at }))
  }
  const observer = new MutationObserver(look)
  observer.observe(document, { childList: true, subtree: true })
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) seen.busyUntil = startTime + duration
  }).observe({ type: 'longtask', buffered: true })
}

/** Somebody opens the desk for the first time on this PC. */
async function coldVisit(browser: Browser, address: string): Promise<Required<Seen> & { kb: number }> {
  const context = await browser.newContext(pc)
  const { page, session } = await watchedPage(context, line, watch, COMMUNITIES)
  let bytes = 0
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength
  })
  await page.goto(address)
  await seenOn<Seen>(page, 'allRows')
  await page.waitForTimeout(QUIET_MS)
  const seen = (await seenOn<Seen>(page, 'allRows')) as Required<Seen>
  await context.close()
  return { ...seen, kb: bytes / 1000 }
}

/** The table is measured as it is on a working day: every community's demand worked out, its draws included. */
async function settled(base: URL): Promise<void> {
  for (;;) {
    const reply = await fetch(new URL('/api/districts/YX/demand', base))
    const { communities } = (await reply.json()) as { communities: Demand[] }
    if (communities.every(({ n, services }) => n < 30 || services.some(({ pirLow }) => pirLow !== null))) return
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}

/** How soon the district table of the demo district, all rows of it, answers a click. */
export async function measureTable(browser: Browser, base: URL): Promise<void> {
  await settled(base)
  const visits: Awaited<ReturnType<typeof coldVisit>>[] = []
  for (let round = 0; round < ROUNDS; round += 1) visits.push(await coldVisit(browser, new URL('/desk', base).href))
  const median = (of: (visit: (typeof visits)[number]) => number) => quantileOf(visits.map(of), 0.5)
  const lower = { bench, better: 'lower' as const }
  const ms = { ...lower, unit: 'ms' }
  const interactive = median(({ allRows, busyUntil }) => Math.max(allRows, busyUntil))
  report({ ...ms, figure: 'desk_table_interactive', value: interactive, limit: 1_500 })
  note({ ...ms, figure: 'desk_table_first_rows', value: median(({ firstRows }) => firstRows) })
  note({ ...lower, figure: 'desk_table_transfer', value: median(({ kb }) => kb), unit: 'kB' })
}
