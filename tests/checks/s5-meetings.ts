import { randomUUID } from 'node:crypto'
import { queryIn } from '../../server/db/district.ts'
import type { House } from './house.ts'
import { must } from './s1-world.ts'
import { payloads } from './s5-payloads.ts'

const DISTRICT = 5
const base = '/api/districts/XS/deliberations'

export interface Met {
  /** A forum that goes on, one whose minutes and results are published, and a consultation. */
  open: { id: string; code: string }
  published: { id: string; code: string }
  consultation: { id: string; code: string }
}

/** Meetings in which every name, title and text is a script. */
export async function meet(house: House, script: () => string): Promise<Met> {
  const begin = async (more: object) => {
    const id = randomUUID()
    const item = () => ({ id: randomUUID(), title: script(), kind: 'gather', minutes: 9 })
    const plan = {
      ...{ kind: 'forum', title: script(), community: 'C001', compounds: [], place: script(), host: short() },
      ...{ startsAt: new Date(Date.now() - 3_600_000).toISOString(), endsAt: null, moderated: true },
      ...{ speakerSeconds: 90, seats: 9, agenda: [item(), item(), item()], proposals: [], ...more },
    }
    const { code } = (await must(house, 'POST', base, { id, community: 'C001', plan })) as { code: string }
    const people = Array.from({ length: 8 }, (_, seat) => ({
      name: `${short()}${seat}`.slice(-40),
      compound: script(),
    }))
    await must(house, 'PUT', `${base}/${id}/roster`, { people })
    await must(house, 'PUT', `${base}/${id}/status`, { status: 'open' })
    return { id, code, item: plan.agenda[0]?.id, proposals: plan.proposals as { id: string }[] }
  }
  const open = await begin({})
  await goOn(house, open, script)
  const published = await begin({})
  await goOn(house, published, script)
  await end(house, published.id, script)
  const proposals = Array.from({ length: 9 }, () => ({
    id: randomUUID(),
    title: script(),
    text: payloads.slice(0, 12).join(' '),
  }))
  const endsAt = new Date(Date.now() + 86_400_000).toISOString()
  const consultation = await begin({ kind: 'consultation', agenda: [], proposals, endsAt })
  await speak(house, consultation.id, script)
  return { open, published, consultation }
}

let next = 0
const names = payloads.filter(({ length }) => length <= 39)
const short = () => names[next++ % names.length] as string

/** People at the door, on the list of speakers, statements and votes. */
async function goOn(house: House, { id, item }: { id: string; item?: string }, script: () => string): Promise<void> {
  const here = `${base}/${id}`
  await must(house, 'PUT', `${here}/item`, { item })
  for (const seat of [1, 2, 3]) {
    const person = { participant: randomUUID(), seat, name: short(), compound: script(), namesMe: true }
    await must(house, 'POST', `${here}/attendance/door`, person)
    await must(house, 'POST', `${here}/speakers/seat`, { id: randomUUID(), seat })
  }
  await speak(house, id, script)
  const asked = { item: null, picks: 0, secret: false, rule: 'simple', quorum: null, requirement: null }
  const motion = randomUUID()
  await must(house, 'POST', `${here}/questions`, { ...asked, id: motion, kind: 'motion', title: script(), options: [] })
  for (const state of ['open', 'closed']) await must(house, 'PUT', `${here}/questions/${motion}/state`, { state })
  const dots = randomUUID()
  const options = payloads.slice(0, 20).map((text) => ({ id: randomUUID(), text }))
  await must(house, 'POST', `${here}/questions`, {
    ...{ ...asked, rule: null, id: dots, kind: 'dots', title: script(), options, picks: 3 },
  })
  await must(house, 'PUT', `${here}/questions/${dots}/state`, { state: 'open' })
  const votes = options.slice(0, 1).map((option) => ({ id: randomUUID(), subject: dots, choice: [option.id] }))
  await must(house, 'POST', `${here}/questions/${dots}/seat-votes`, { seat: 1, votes })
}

/** Most scripts are refused as statements, so they are put past the server: pages must not rest on that. */
async function speak(house: House, id: string, script: () => string): Promise<void> {
  const here = `${base}/${id}/statements`
  const ids = payloads.map(() => randomUUID())
  for (const [at, one] of ids.entries()) await must(house, 'POST', `${here}/taken`, { id: one, text: `第${at}句` })
  await must(house, 'PUT', `${here}/${ids[0]}/merged`, { into: ids[1] })
  await must(house, 'PUT', `${here}/${ids[2]}/state`, { state: 'rejected', reason: script() })
  const isConsultation = (await statusOf(house, id)).kind === 'consultation'
  const answer = isConsultation ? 'adopted' : null
  for (const one of [ids[1], ids[3]])
    await must(house, 'PUT', `${here}/${one}/answer`, { answer, result: payloads.slice(0, 8).join(' ') })
  await house.inDatabase((pool) =>
    queryIn(pool, DISTRICT, {
      text: 'UPDATE statements s SET text = p.text FROM unnest($1::uuid[], $2::text[]) AS p(id, text) WHERE s.id = p.id',
      values: [ids, payloads],
    }),
  )
}

const statusOf = async (house: House, id: string) =>
  ((await must(house, 'GET', `${base}/${id}/room`)) as { head: { kind: string } }).head

async function end(house: House, id: string, script: () => string): Promise<void> {
  const here = `${base}/${id}`
  const { questions } = (await must(house, 'GET', `${here}/room`)) as { questions: { id: string; state: string }[] }
  for (const one of questions.filter(({ state }) => state === 'open'))
    await must(house, 'PUT', `${here}/questions/${one.id}/state`, { state: 'closed' })
  const statements = ((await must(house, 'GET', `${here}/statements`)) as { id: string }[]).slice(0, 3)
  for (let at = 0; at < 5; at += 1) {
    await must(house, 'POST', `${here}/follow-ups`, {
      ...{ id: randomUUID(), text: script(), owner: short(), dueOn: '2026-01-20', question: null },
      statements: statements.map((one) => one.id),
    })
  }
  await must(house, 'PUT', `${here}/status`, { status: 'closed' })
  const revision = async () => ((await must(house, 'GET', `${here}/minutes`)) as { revision: number }).revision
  const texts = ['opening', 'closing'].map((section) => ({ section, text: payloads.slice(0, 20).join(' ') }))
  await must(house, 'PUT', `${here}/minutes`, { revision: await revision(), texts })
  for (const status of ['approved', 'published'])
    await must(house, 'PUT', `${here}/minutes/status`, { revision: await revision(), status })
}
