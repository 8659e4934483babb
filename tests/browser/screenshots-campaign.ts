import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import { signedIn } from '../setup/people.ts'
import type { Shot } from './screenshots.ts'

const desk = '/desk/surveys/needs2026'
const surveys = '/api/districts/YX/surveys/needs2026'
const drafts = '/api/districts/YX/survey-drafts'

/** An administrator of the demo district, as pages are asked for by one. */
export interface Official {
  cookies: { name: string; value: string; url: string }[]
  call<T>(method: string, path: string, body?: unknown): Promise<T>
}

export async function official(base: string, key: string): Promise<Official> {
  const who = { username: `zhou.${Date.now()}`, name: '周主任' }
  const grants = [{ role: 'administrator', level: 'district', code: '' } as const]
  const { headers } = await signedIn(
    async (method, path, { body, headers }) => {
      const reply = await send(base + path, method, body, headers)
      return { status: reply.status, body: await reply.json(), cookies: reply.headers.getSetCookie() }
    },
    { key, district: 'YX' },
    { ...who, grants: [...grants] },
  )
  return {
    cookies: (headers.cookie ?? '').split('; ').map((pair) => {
      const at = pair.indexOf('=')
      return { name: pair.slice(0, at), value: pair.slice(at + 1), url: base }
    }),
    async call<T>(method: string, path: string, body?: unknown) {
      const reply = await send(base + path, method, body, headers)
      if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`)
      return (await reply.json()) as T
    },
  }
}

function send(url: string, method: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  if (body === undefined) return fetch(url, { method, headers })
  const json = { ...headers, 'content-type': 'application/json' }
  return fetch(url, { method, headers: json, body: JSON.stringify(body) })
}

/** A draft, flagged answers of which one is excluded, confirmed open answers with a quotation, and an export. */
export async function runCampaign({ call }: Official): Promise<void> {
  const written = await call<{ survey: string }[]>('GET', drafts)
  if (!written.some(({ survey }) => survey === 'needs2026')) {
    await call('POST', drafts, { from: 'version', survey: 'needs2026' })
  }
  const { answers: flagged } = await call<{ answers: { id: string }[] }>('GET', `${surveys}/quality?decision=open`)
  const [worst] = flagged
  if (worst) {
    const reason = '答得太快，没有认真填写'
    await call('POST', `${surveys}/reviews`, { responses: [worst.id], decision: 'excluded', reason })
  }
  await readOpenAnswers(call)
  const made = await call<{ id: string }>('POST', `${surveys}/exports/microdata`, {
    format: 'xlsx',
    purpose: '年度分析',
  })
  await until(async () => {
    const { status } = await call<{ status: string }>('GET', `${surveys}/exports/${made.id}`)
    return status === 'done'
  })
}

interface Said {
  response: string
  question: string
  text: string
  codes: { code: string }[]
}

async function readOpenAnswers(call: Official['call']): Promise<void> {
  await until(async () => !(await call<{ reading: boolean }>('GET', `${surveys}/open-answers/themes`)).reading)
  const { answers } = await call<{ answers: Said[] }>('GET', `${surveys}/open-answers?state=waiting&limit=60`)
  const keys = answers.map(({ response, question }) => ({ response, question }))
  if (keys.length === 0) return
  await call('POST', `${surveys}/open-answers/decisions`, { decision: randomUUID(), state: 'confirmed', answers: keys })
  for (const { response, question, text, codes } of answers.slice(0, 3)) {
    const chosen = { response, question, code: codes[0]?.code, text, public: true }
    await call('POST', `${surveys}/open-answers/quotations`, chosen)
  }
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 60_000; Date.now() < end; await sleep(300)) if (await isSo()) return
  throw new Error('not within a minute')
}

/** The pages of a survey, in the order of the work. */
export const campaign = (community: string): Shot[] => [
  { name: 'surveys', path: '/desk/surveys', ready: 'tbody tr' },
  { name: 'editor', path: `${desk}/edit`, ready: '.edit-desk', before: question },
  { name: 'coverage', path: `${desk}/coverage`, ready: '.ant-table-row' },
  { name: 'coverage-community', path: `${desk}/coverage/${community}`, ready: '.cells', whole: true },
  { name: 'quotas', path: `${desk}/quotas`, ready: 'table' },
  { name: 'quality', path: `${desk}/quality`, ready: '.flagged' },
  { name: 'open-answers', path: `${desk}/open-answers`, ready: '.open-answers .ant-table-row' },
  { name: 'themes', path: `${desk}/open-answers`, ready: '.themes-table .ant-table-row', before: counted },
  { name: 'rounds', path: `${desk}/rounds`, ready: 'table', whole: true },
  { name: 'exports', path: `${desk}/exports`, ready: '.ant-table-row', before: unfolded, whole: true },
]

async function question(page: Page): Promise<void> {
  await page.getByRole('button', { name: /您和家人需要社区提供哪些服务/ }).click()
  const phone = page.frameLocator('iframe[title="居民在手机上看到的问卷"]')
  await phone.getByText('您和家人需要社区提供哪些服务？').first().waitFor()
  await page.evaluate(() => scrollTo(0, 0))
}

async function counted(page: Page): Promise<void> {
  await page.locator('.themes-table').evaluate((table) => table.scrollIntoView({ block: 'center' }))
}

async function unfolded(page: Page): Promise<void> {
  await page.getByRole('button', { name: '展开行' }).first().click()
}
