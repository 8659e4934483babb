import { setTimeout as sleep } from 'node:timers/promises'
import { password } from '../setup/people.ts'
import type { SmsProvider } from '../setup/sms-provider.ts'
import { type Operation, operationsOf } from './fuzz-operations.ts'
import type { House } from './house.ts'
import { csvText, upload } from './imports.ts'
import { headersFor, positionsOf } from './positions.ts'
import { askAs, type Reply, type Request } from './s1-ask.ts'
import { hitsIn, type Seeds } from './s12-seeds.ts'
import { callFrom, type Jar, type Staff, staffOf } from './staff.ts'

export interface Walked {
  sent: number
  /** Refusals that hold what was seeded. */
  hits: string[]
  keptOut: number
  /** Calls whose refusals and lines in the log differ in number. */
  unlike: string[]
  failedKnown: number
  audited: number
}

/** Makes every call with seeded words in every place, as everybody; signs in and fails to, and has the server answer wrong bodies. */
export async function walkSeeded(house: House, seeds: Seeds, provider: SmsProvider, least: number): Promise<Walked> {
  const staff = await staffOf(house)
  for (const { headers } of [staff.administrator, staff.auditor, staff.secretary])
    for (const [, value = ''] of headers.cookie?.matchAll(/=([^;]+)/g) ?? []) seeds.others.add(value)
  seeds.others.add(password)
  const walked: Walked = { sent: 0, hits: [], keptOut: 0, unlike: [], failedKnown: 0, audited: 0 }
  const refused = new Map<string, number>()
  const before = house.serverLog().length
  const ask = async (headers: Record<string, string>, request: Request, call: string): Promise<Reply> => {
    const reply = await askAs(house, headers, request)
    walked.sent += 1
    if (reply.status >= 400) {
      walked.hits.push(
        ...hitsIn(reply.body.toString(), seeds).map((hit) => `${request.method} ${request.path}: ${hit}`),
      )
      if (isKeptOut(reply, headers)) refused.set(call, (refused.get(call) ?? 0) + 1)
    }
    return reply
  }
  const operations = (await operationsOf(house)).filter((one) => !isPublished(one) && one.path !== '/api/sign-out')
  while (walked.sent < least) for (const operation of operations) await everyWay(house, staff, operation, seeds, ask)
  await files(house, seeds, walked)
  await signingIn(house, seeds, provider, walked, ask)
  // Lines are written behind the answers.
  await sleep(300)
  const logged = linesOf(house.serverLog().slice(before))
  for (const call of new Set([...refused.keys(), ...logged.keys()])) {
    const [answers = 0, lines = 0] = [refused.get(call), logged.get(call)]
    walked.keptOut += answers
    if (answers !== lines) walked.unlike.push(`${call}: ${answers} refusals, ${lines} lines`)
  }
  return walked
}

type Ask = (headers: Record<string, string>, request: Request, call: string) => Promise<Reply>

/** What a district is called and what it asks is for everybody to read. */
const isPublished = ({ method, path }: Operation) => method === 'POST' && /(\/districts|\/versions)$/.test(path)

const nameOf = ({ method, path }: Operation) => `${method} ${path.replace(/\{(\w+)\}/g, ':$1')}`

async function everyWay(house: House, staff: Staff, operation: Operation, seeds: Seeds, ask: Ask): Promise<void> {
  const wrongKey = `wrong-key-${seeds.phone()}`
  seeds.others.add(wrongKey)
  const { administrator, secretary, place } = staff
  const callers = [
    headersFor(operation, house.key, administrator.headers),
    secretary.headers,
    {},
    { authorization: `Bearer ${wrongKey}` },
  ]
  for (const [index, position] of positionsOf(operation, place).entries()) {
    for (const [who, headers] of callers.entries()) {
      // Who is kept out is kept out wherever the words stand; and composing is for everybody's turn.
      if (who > 0 && (index > 0 || operation.path.endsWith('/briefs'))) continue
      const device = { 'user-agent': seeds.words().replace(/\P{ASCII}/gu, '') }
      const words = index % 2 === 0 ? seeds.words() : seeds.phone()
      await ask({ ...device, ...headers }, position.put(words), nameOf(operation))
    }
  }
}

/** Files with personal data in cells that are wrong. */
async function files(house: House, seeds: Seeds, walked: Walked): Promise<void> {
  const sheets = [
    csvText([
      ['代码', '名称'],
      [seeds.words(), seeds.words()],
    ]),
    seeds.words(),
    `PK\u0003\u0004${seeds.words()}`,
  ]
  for (const sheet of sheets) {
    const { status, body } = await upload(house, 'communities', sheet, { name: `${seeds.phone()}.xlsx` })
    walked.sent += 1
    if (status >= 500) walked.hits.push(`a file: ${status} ${body}`)
  }
}

/** Guesses and rightful entries at every door; the provider refuses every other message. */
async function signingIn(house: House, seeds: Seeds, provider: SmsProvider, walked: Walked, ask: Ask): Promise<void> {
  for (const how of [500, 'redirect', 200] as const) {
    provider.answer(how)
    const phone = seeds.phone()
    await ask({}, post('/api/sign-in/phone', { district: 'YX', phone }), 'POST /api/sign-in/phone')
    await sleep(500)
    const code = /\d{6}/.exec(provider.received.find(({ body }) => body.phone === phone)?.body.text ?? '')?.[0]
    if (!code) continue
    seeds.others.add(code)
    const jar: Jar = new Map()
    await ask(
      {},
      post('/api/sign-in/phone/code', { district: 'YX', phone, code: code === '000000' ? '000001' : '000000' }),
      'POST /api/sign-in/phone/code',
    )
    await callFrom(house, jar, 'POST', '/api/sign-in/phone/code', { district: 'YX', phone, code })
    for (const value of jar.values()) seeds.others.add(value)
  }
  for (const username of ['check-secretary', 'check-auditor', 'nobody-at-all']) {
    for (let i = 0; i < 7; i += 1) {
      const wrong = `Wrong-${seeds.phone()}-x`
      seeds.others.add(wrong)
      const { status } = await ask({}, post('/api/sign-in', { username, password: wrong }), 'POST /api/sign-in')
      if (status === 401 && username.startsWith('check')) walked.failedKnown += 1
    }
  }
  await sleep(600)
  const { rows } = await house.inDatabase((pool) =>
    pool.query(`SELECT count(*)::int AS n FROM audit_entries WHERE action = 'sign-in:failed'`),
  )
  walked.audited = rows[0].n
}

const post = (path: string, body: unknown): Request => ({ method: 'POST', path, body })

function isKeptOut({ status, body }: Reply, headers: Record<string, string>): boolean {
  const { code } = JSON.parse(body.toString() || '{}') as { code?: string }
  if (status === 401 || code === 'too_many_tries') return true
  return status === 403 ? code !== 'survey_closed' : status === 404 && headers.cookie !== undefined
}

/** How many lines each call left that say somebody was kept out. */
function linesOf(log: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const line of log.split('\n')) {
    if (!line.includes('"kept out"')) continue
    const { call } = JSON.parse(line) as { call: string }
    counts.set(call, (counts.get(call) ?? 0) + 1)
  }
  return counts
}
