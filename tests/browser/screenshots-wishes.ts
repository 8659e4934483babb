import { randomUUID } from 'node:crypto'
import type { BrowserContextOptions, Page } from '@playwright/test'
import { pc } from '../setup/browser.ts'
import type { Shot } from './screenshots.ts'
import type { Official } from './screenshots-campaign.ts'

/** As wide as the projector of a hall. */
export const projector: BrowserContextOptions = { ...pc, viewport: { width: 1920, height: 1080 } }

export const wishShots: Shot[] = [
  { name: 'wish-board', path: '/w/YX', ready: '.cards' },
  { name: 'wish-new', path: '/w/YX/new', ready: 'form', before: write },
]

export const wishDeskShots: Shot[] = [
  { name: 'wish-queue', path: '/desk/wishes', ready: '.wish-queue', before: toTheLast },
  { name: 'wish-progress', path: '/desk/wishes/progress?view=', ready: 'main table' },
]

export const eventShot: Shot = { name: 'wish-event', path: '/screen/YX/wishes', ready: '.event-card' }

/** Somebody wrote what must not be public. */
export async function wishForSomebody({ call }: Official, community: string): Promise<void> {
  const text = '想给张三师傅的孩子要一个书包，电话13800138000'
  await call('POST', '/api/districts/YX/wishes', {
    ...{ id: randomUUID(), community, kind: 'goods', cost: 'under-100', text },
    ...{ where: null, service: null, neededBy: null, contact: '13900000001' },
  })
}

async function write(page: Page): Promise<void> {
  await page.getByLabel('您的心愿').fill('这一段路没有地方歇脚，想要一把长椅。')
  await page.getByRole('radio', { name: /场所/ }).check()
  await page.getByLabel('在哪个社区').selectOption({ index: 1 })
  await page.getByLabel('在哪里').fill('菜场到地铁口这一段路')
  await page.evaluate(() => scrollTo(0, 0))
}

/** The newest is what was marked. */
async function toTheLast(page: Page): Promise<void> {
  await page.getByText(/还有 \d+ 个等着审核/).waitFor()
  for (let at = 0; at < 10 && (await page.locator('.wish-queue mark').count()) === 0; at += 1)
    await page.keyboard.press('j')
  await page.locator('.wish-queue mark').first().waitFor()
}
