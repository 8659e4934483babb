import { randomBytes, randomUUID } from 'node:crypto'
import { staff } from '../setup/app.ts'
import { pdf, type Upload } from './deliberations-calls.ts'
import { consultation, forum } from './deliberations-plans.ts'

const none = '00000000-0000-4000-8000-000000000000'
const base = '/api/districts/{district}/deliberations'
const one = `${base}/{deliberation}`

/** What stands in the addresses of calls about meetings. */
export const filledMeetings = {
  ...{ deliberation: none, document: none, participant: none, speaker: none, statement: none, question: none },
  ...{ followUp: none, sheet: 'poster', format: 'docx' },
}

/** A whole hall votes from behind one address before anybody is asked to wait: more than a test sends. */
export const unsent: Record<string, string[]> = {
  [`POST ${one}/questions/{question}/votes`]: ['429'],
  [`GET ${one}/stream`]: ['429'],
}

const ticket = 'A'.repeat(43)
export const meetingQueries: Record<string, string> = { [`GET ${one}/events`]: '?since=0' }

const cast = [{ id: none, subject: none, choice: 'agree' }]
const asked = {
  ...{ kind: 'motion', title: '建食堂', item: null, options: [], picks: 0 },
  ...{ secret: false, rule: 'simple', quorum: null, requirement: null },
}
const duty = { text: '换灯', owner: '物业', dueOn: '2026-12-20', statements: [], question: null }

/** Bodies in which nothing is wrong. */
export const soundMeetings: Record<string, object> = {
  [`POST ${base}`]: { id: none, community: 'C001', plan: forum() },
  [`PUT ${one}`]: { revision: 1, plan: forum() },
  [`PUT ${one}/status`]: { status: 'open' },
  [`PUT ${one}/roster`]: { people: [] },
  [`POST ${one}/attendance`]: { participant: none, ticket },
  [`POST ${one}/attendance/leaving`]: { ticket },
  [`POST ${one}/attendance/door`]: { participant: none },
  [`PUT ${one}/item`]: { item: none },
  [`POST ${one}/speakers`]: { id: none, ticket },
  [`POST ${one}/speakers/seat`]: { id: none, seat: 1 },
  [`PUT ${one}/speakers/{speaker}`]: { state: 'done' },
  [`POST ${one}/statements`]: { id: none, ticket, text: '灯坏了' },
  [`POST ${one}/statements/own`]: { ticket },
  [`POST ${one}/statements/taken`]: { id: none, text: '灯坏了' },
  [`PUT ${one}/statements/{statement}/state`]: { state: 'shown' },
  [`PUT ${one}/statements/{statement}/merged`]: { into: null },
  [`PUT ${one}/statements/{statement}/service`]: { service: null },
  [`PUT ${one}/statements/{statement}/answer`]: { answer: null, result: '已办' },
  'PUT /api/districts/{district}/statement-keywords': [],
  [`POST ${one}/questions`]: { id: none, ...asked },
  [`PUT ${one}/questions/{question}/state`]: { state: 'open' },
  [`POST ${one}/questions/{question}/reruns`]: { id: none, reason: '漏数' },
  [`POST ${one}/questions/{question}/votes`]: { ticket, votes: cast },
  [`POST ${one}/questions/{question}/seat-votes`]: { seat: 1, votes: cast },
  [`PUT ${one}/questions/{question}/hands`]: { subject: none, counts: { agree: 1, disagree: 0, pass: 0 } },
  [`PUT ${one}/minutes`]: { revision: 0, texts: [] },
  [`PUT ${one}/minutes/status`]: { revision: 0, status: 'approved' },
  [`POST ${one}/follow-ups`]: { id: none, ...duty },
  [`PUT ${one}/follow-ups/{followUp}`]: { revision: 1, ...duty, state: 'open', outcome: null },
}

interface Sent {
  params?: Record<string, string>
  body?: unknown
  headers?: Record<string, string>
  address?: string
}
// biome-ignore lint/suspicious/noExplicitAny: each call knows what it asked for
type Ask = (call: string, sent?: Sent) => Promise<{ statusCode: number; body: string; json(): any }>

/** What calls about meetings may answer beyond what is asked of all. */
export async function askForMeetings(ask: Ask, calls: readonly string[]): Promise<void> {
  const { tried, upload } = triedBy(ask, calls)
  await askForPlans(tried, upload)
  await askInRoom(tried)
  await askForVotes(tried)
  await askForWhatCame(tried, upload)
}

const meeting = randomUUID()
const here = `/deliberations/${meeting}`
const own = { participant: randomUUID(), ticket: randomBytes(32).toString('base64url') }
const stranger = { ticket }
const plan = forum()
const statement = randomUUID()
let code = ''

async function askForPlans(tried: Tried, upload: Upload): Promise<void> {
  const wish = { id: meeting, community: 'C001', plan }
  for (const more of [{}, {}, { plan: { ...plan, title: '另一次' } }, { plan: { ...plan, agenda: [] } }])
    await tried('POST', '/deliberations', { ...wish, ...more })
  const online = randomUUID()
  await tried('POST', '/deliberations', { id: online, community: 'C001', plan: consultation() })
  for (const id of [online, meeting]) await tried('GET', `/deliberations/${id}/answers.xlsx`)
  await tried('GET', `/deliberations/${online}/prints/seats`)
  await tried('GET', `${here}/prints/poster`)
  await tried('PUT', here, { revision: 1, plan: { ...plan, title: ' ' } })
  for (const revision of [1, 1]) await tried('PUT', here, { revision, plan })
  for (const people of [[{ name: '王芳' }], [{ name: '王芳' }, { name: '王芳' }]])
    await tried('PUT', `${here}/roster`, { people })
  for (const text of ['姓名,小区,座位号\n王芳,,', '姓名\n王芳']) await upload(`${here}/roster/import`, text, 'a.csv')
  await upload(`${here}/documents`, '不是', 'a.pdf')
  const { documents } = await upload(`${here}/documents`, pdf, 'a.pdf')
  await tried('GET', `${here}/documents/${documents[0].id}`)
  await tried('PUT', `${here}/status`, { status: 'closed' })
  const lists = ['', '/documents', '/room', '/events?since=0', '/stream', '/desk-stream', '/attendance', '/statements']
  for (const path of [
    ...lists,
    '/questions',
    '/follow-ups',
    '/results',
    '/roster/template',
    '/minutes',
    '/minutes/docx',
  ])
    await tried('GET', here + path)
  await tried('DELETE', `${here}/documents/${documents[0].id}`)
  const planned = await tried('GET', here)
  code = planned.code
  await tried('POST', `${here}/attendance`, own)
  await tried('PUT', `${here}/status`, { status: 'open' })
}

async function askInRoom(tried: Tried): Promise<void> {
  await tried('GET', `/rooms/${code}`)
  for (let wrong = 0; wrong < 12; wrong += 1) await tried('GET', '/rooms/000000')
  const card = { seat: 3, secret: 'A'.repeat(16) }
  for (const more of [{}, {}, { ticket }, { participant: randomUUID(), ticket, card }])
    await tried('POST', `${here}/attendance`, { ...own, ...more })
  const atDoor = { participant: randomUUID(), seat: 5 }
  for (const more of [{}, {}, { participant: randomUUID() }])
    await tried('POST', `${here}/attendance/door`, { ...atDoor, ...more })
  await tried('PUT', `${here}/item`, { item: plan.agenda[0]!.id })
  const speaker = randomUUID()
  for (const by of [own, own, stranger]) await tried('POST', `${here}/speakers`, { id: speaker, ticket: by.ticket })
  const next = randomUUID()
  for (const seat of [5, 5, 77]) await tried('POST', `${here}/speakers/seat`, { id: next, seat })
  for (const state of ['speaking', 'done', 'speaking']) await tried('PUT', `${here}/speakers/${speaker}`, { state })
  const words = { id: randomUUID(), ticket: own.ticket, text: '灯坏了' }
  for (const more of [{}, {}, { text: '别的' }, { id: randomUUID(), text: '长'.repeat(501) }])
    await tried('POST', `${here}/statements`, { ...words, ...more })
  for (const by of [own, stranger]) await tried('POST', `${here}/statements/own`, { ticket: by.ticket })
  const said = { id: statement, text: '没有食堂' }
  for (const more of [{}, {}, { text: '别的' }, { id: randomUUID(), text: '<b>' }])
    await tried('POST', `${here}/statements/taken`, { ...said, ...more })
  const other = randomUUID()
  await tried('POST', `${here}/statements/taken`, { ...said, id: other })
  for (const into of [statement, other]) await tried('PUT', `${here}/statements/${other}/merged`, { into })
  for (const [one, state] of [
    [statement, 'rejected'],
    [other, 'shown'],
    [statement, 'shown'],
  ])
    await tried('PUT', `${here}/statements/${one}/state`, { state })
  for (const service of [null, 'nothing']) await tried('PUT', `${here}/statements/${statement}/service`, { service })
  for (const body of [
    { answer: null, result: '已办' },
    { answer: null, result: ' ' },
    { answer: 'adopted', result: '已办' },
  ])
    await tried('PUT', `${here}/statements/${statement}/answer`, body)
  for (const keywords of [[], [{ service: 'nothing', words: [] }]]) await tried('PUT', '/statement-keywords', keywords)
}

async function askForVotes(tried: Tried): Promise<void> {
  const question = randomUUID()
  for (const more of [{}, {}, { title: '另一项' }, { id: randomUUID(), rule: null }])
    await tried('POST', `${here}/questions`, { id: question, ...asked, ...more })
  const there = `${here}/questions/${question}`
  const turn = (state: string, more: object = {}) => tried('PUT', `${there}/state`, { state, ...more })
  const counts = { agree: 1, disagree: 0, pass: 0 }
  const hands = (subject: string) => tried('PUT', `${there}/hands`, { subject, counts })
  const votes = (subject: string) => [{ id: randomUUID(), subject, choice: 'agree' }]
  await hands(question)
  await turn('open')
  for (const subject of [question, none]) await hands(subject)
  for (const by of [own, stranger]) await tried('POST', `${there}/votes`, { ticket: by.ticket, votes: votes(question) })
  await tried('POST', `${there}/votes`, { ticket: own.ticket, votes: votes(none) })
  for (const seat of [5, 77]) await tried('POST', `${there}/seat-votes`, { seat, votes: votes(question) })
  await tried('POST', `${there}/seat-votes`, { seat: 5, votes: votes(none) })
  await tried('PUT', `${here}/status`, { status: 'closed' })
  await tried('DELETE', there)
  await tried('POST', `${there}/reruns`, { id: randomUUID(), reason: '漏数' })
  await turn('void')
  await turn('void', { reason: '漏数' })
  await turn('open')
  const rerun = randomUUID()
  for (const id of [rerun, rerun, question]) await tried('POST', `${there}/reruns`, { id, reason: '漏数' })
  await tried('POST', `${there}/reruns`, { id: randomUUID(), reason: ' ' })
  await tried('DELETE', `${here}/questions/${rerun}`)
}

async function askForWhatCame(tried: Tried, upload: Upload): Promise<void> {
  for (const by of [own, stranger]) await tried('POST', `${here}/attendance/leaving`, { ticket: by.ticket })
  await tried('DELETE', `${here}/attendance/${own.participant}`)
  const task = { id: randomUUID(), ...duty, statements: [statement] }
  for (const more of [{}, {}, { text: '另一件' }]) await tried('POST', `${here}/follow-ups`, { ...task, ...more })
  const { id, ...rest } = task
  for (const [revision, outcome] of [
    [1, null],
    [9, '好了'],
    [1, '好了'],
  ])
    await tried('PUT', `${here}/follow-ups/${id}`, { ...rest, revision, state: 'done', outcome })
  await tried('PUT', `${here}/minutes`, { revision: 9, texts: [] })
  await tried('PUT', `${here}/minutes/status`, { revision: 0, status: 'approved' })
  await tried('PUT', `${here}/status`, { status: 'closed' })
  await tried('PUT', `${here}/minutes`, { revision: 0, texts: [] })
  for (const status of ['approved', 'published']) {
    const { revision } = await tried('GET', `${here}/minutes`)
    await tried('PUT', `${here}/minutes/status`, { revision, status })
  }
  await tried('GET', `${here}/results/minutes.pdf`)
  await tried('PUT', `${here}/roster`, { people: [] })
  await tried('PUT', `${here}/item`, { item: null })
  await tried('DELETE', `${here}/attendance/${own.participant}`)
  await upload(`${here}/roster/import`, '姓名,小区,座位号\n王芳,,', 'a.csv')
  for (const call of ['/follow-ups', '/deliberations', '/statement-keywords']) await tried('GET', call)
}

const inDistrict = '/api/districts/{district}'
// biome-ignore lint/suspicious/noExplicitAny: each call knows what it asked for
type Tried = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<any>

/** Makes calls by their whole address; how each was answered is noted under the address it was made from. */
function triedBy(ask: Ask, calls: readonly string[]): { tried: Tried; upload: Upload } {
  const described = calls.map((call) => {
    const [method, path = ''] = call.split(' ')
    const pattern = new RegExp(`^${method} ${path.slice(inDistrict.length).replace(/\{\w+\}/g, '([^/]+)')}$`)
    return { call, pattern, names: [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string).slice(1) }
  })
  const tried: Tried = async (method, path, body, headers) => {
    const [plain = ''] = path.split('?')
    const ways = described.filter(({ call }) => call.includes(inDistrict))
    // An address with fewer blanks is meant where several fit.
    const [found] = ways
      .flatMap((way) => {
        const match = way.pattern.exec(`${method} ${plain}`)
        return match ? [{ ...way, match }] : []
      })
      .sort((one, other) => one.names.length - other.names.length)
    if (!found) throw new Error(`${method} ${path} is not described`)
    const params = Object.fromEntries(found.names.map((name, i) => [name, found.match[i + 1]!]))
    const reply = await ask(found.call, { params, body, headers })
    return /^[[{]/.test(reply.body) ? reply.json() : undefined
  }
  const upload: Upload = async (path, content, name) => {
    const form = new FormData()
    form.append('file', new Blob([content]), name)
    const encoded = new Response(form)
    const payload = Buffer.from(await encoded.arrayBuffer())
    return await tried('POST', path, payload, { ...staff, 'content-type': encoded.headers.get('content-type')! })
  }
  return { tried, upload }
}
