import { randomUUID } from 'node:crypto'
import type { Plan } from '../../shared/deliberations/api.ts'
import { consultation, forum } from './deliberations-plans.ts'

/** Makes a call about the district by whoever may, and hands over its answer; throws where it is refused. */
// biome-ignore lint/suspicious/noExplicitAny: each call knows what it asked for
export type Make = (method: string, path: string, body?: unknown) => Promise<any>

/** Sends a file to a call about the district. */
// biome-ignore lint/suspicious/noExplicitAny: the same
export type Upload = (path: string, content: string, name: string) => Promise<any>

const deliberation = '/api/districts/:district/deliberations/:deliberation'
export const pdf = '%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n'

/**
 * A whole evening, one call of each that staff make to change anything, in the order of the evening. `name` is somebody's
 * who is invited.
 */
export function evening(make: Make, upload: Upload, name: string): Record<string, () => Promise<unknown>> {
  const id = randomUUID()
  const all = '/deliberations'
  const here = `${all}/${id}`
  const plan: Plan = forum()
  const ids = { participant: randomUUID(), speaker: randomUUID(), question: randomUUID(), followUp: randomUUID() }
  const statements = [randomUUID(), randomUUID(), randomUUID()]
  const rerun = randomUUID()
  let document = ''
  const turn = (state: string, more: object = {}) =>
    make('PUT', `${here}/questions/${ids.question}/state`, { state, ...more })
  const motion = {
    ...{ kind: 'motion', title: '在锅炉房建食堂', item: null, options: [], picks: 0 },
    ...{ secret: false, rule: 'simple', quorum: null, requirement: null },
  }
  const followUp = { text: '联系产权单位', owner: '社区', dueOn: '2026-12-20', statements: [], question: null }
  return {
    'POST /api/districts/:district/deliberations': () => make('POST', all, { id, community: plan.community, plan }),
    [`PUT ${deliberation}`]: () => make('PUT', here, { revision: 1, plan: { ...plan, host: name } }),
    [`PUT ${deliberation}/roster`]: () => make('PUT', `${here}/roster`, { people: [{ name, seat: 1 }] }),
    [`POST ${deliberation}/roster/import`]: () =>
      upload(`${here}/roster/import`, `姓名,小区,座位号\n${name},,1\n`, '名单.csv'),
    [`POST ${deliberation}/documents`]: async () => {
      document = (await upload(`${here}/documents`, pdf, `${name}的方案.pdf`)).documents[0].id
    },
    [`DELETE ${deliberation}/documents/:document`]: () => make('DELETE', `${here}/documents/${document}`),
    [`PUT ${deliberation}/status`]: () => make('PUT', `${here}/status`, { status: 'open' }),
    [`POST ${deliberation}/attendance/door`]: () =>
      make('POST', `${here}/attendance/door`, { participant: ids.participant, name, seat: 1 }),
    [`PUT ${deliberation}/item`]: () => make('PUT', `${here}/item`, { item: plan.agenda[0]!.id }),
    [`POST ${deliberation}/speakers/seat`]: () => make('POST', `${here}/speakers/seat`, { id: ids.speaker, seat: 1 }),
    [`PUT ${deliberation}/speakers/:speaker`]: () =>
      make('PUT', `${here}/speakers/${ids.speaker}`, { state: 'speaking' }),
    [`POST ${deliberation}/statements/taken`]: async () => {
      for (const [i, one] of statements.entries())
        await make('POST', `${here}/statements/taken`, { id: one, text: `${name}说第${i + 1}句`, seat: 1 })
    },
    [`PUT ${deliberation}/statements/:statement/state`]: () =>
      make('PUT', `${here}/statements/${statements[2]}/state`, { state: 'rejected', reason: '说的是别处' }),
    [`PUT ${deliberation}/statements/:statement/merged`]: () =>
      make('PUT', `${here}/statements/${statements[1]}/merged`, { into: statements[0] }),
    [`PUT ${deliberation}/statements/:statement/service`]: () =>
      make('PUT', `${here}/statements/${statements[0]}/service`, { service: null }),
    [`PUT ${deliberation}/statements/:statement/answer`]: () =>
      make('PUT', `${here}/statements/${statements[0]}/answer`, { answer: null, result: '列入年度计划' }),
    'PUT /api/districts/:district/statement-keywords': async () =>
      make('PUT', '/statement-keywords', await make('GET', '/statement-keywords')),
    [`POST ${deliberation}/questions`]: () => make('POST', `${here}/questions`, { id: ids.question, ...motion }),
    [`PUT ${deliberation}/questions/:question/state`]: () => turn('open'),
    [`POST ${deliberation}/questions/:question/seat-votes`]: () =>
      make('POST', `${here}/questions/${ids.question}/seat-votes`, {
        seat: 1,
        votes: [{ id: randomUUID(), subject: ids.question, choice: 'agree' }],
      }),
    [`PUT ${deliberation}/questions/:question/hands`]: () =>
      make('PUT', `${here}/questions/${ids.question}/hands`, {
        subject: ids.question,
        counts: { agree: 7, disagree: 1, pass: 0 },
      }),
    [`POST ${deliberation}/questions/:question/reruns`]: async () => {
      await turn('closed')
      await turn('void', { reason: '漏数了后排' })
      await make('POST', `${here}/questions/${ids.question}/reruns`, { id: rerun, reason: '漏数了后排' })
    },
    [`DELETE ${deliberation}/questions/:question`]: () => make('DELETE', `${here}/questions/${rerun}`),
    [`DELETE ${deliberation}/attendance/:participant`]: () => make('DELETE', `${here}/attendance/${ids.participant}`),
    [`PUT ${deliberation}/minutes`]: async () => {
      await make('PUT', `${here}/status`, { status: 'closed' })
      const { revision } = await make('GET', `${here}/minutes`)
      await make('PUT', `${here}/minutes`, { revision, texts: [{ section: 'closing', text: `${name}总结` }] })
    },
    [`POST ${deliberation}/follow-ups`]: () => make('POST', `${here}/follow-ups`, { id: ids.followUp, ...followUp }),
    [`PUT ${deliberation}/follow-ups/:followUp`]: () =>
      make('PUT', `${here}/follow-ups/${ids.followUp}`, {
        ...followUp,
        ...{ revision: 1, state: 'done', outcome: '已签意向书' },
      }),
    [`PUT ${deliberation}/minutes/status`]: async () => {
      const { revision } = await make('GET', `${here}/minutes`)
      await make('PUT', `${here}/minutes/status`, { revision, status: 'approved' })
    },
  }
}

/** What residents do on their phones: their rows are their record, and an entry would name who was there. */
export const residents = [
  `POST ${deliberation}/attendance`,
  `POST ${deliberation}/attendance/leaving`,
  `POST ${deliberation}/speakers`,
  `POST ${deliberation}/statements`,
  `POST ${deliberation}/statements/own`,
  `POST ${deliberation}/questions/:question/votes`,
]

export interface Settled {
  /** A forum that is over, with something of everything, whose minutes are published. */
  deliberation: string
  room: string
  document: string
  participant: string
  speaker: string
  statement: string
  question: string
  followUp: string
  /** A consultation that goes on. */
  consultation: string
}

/** A forum and a consultation of a community, in which there is something to be found at every address. */
export async function settled(make: Make, upload: Upload, community: string, title: string): Promise<Settled> {
  const ids = {
    ...{ deliberation: randomUUID(), participant: randomUUID(), speaker: randomUUID() },
    ...{ statement: randomUUID(), question: randomUUID(), followUp: randomUUID(), consultation: randomUUID() },
  }
  const begin = async (id: string, plan: Plan) => {
    const { code } = await make('POST', '/deliberations', { id, community, plan })
    await make('PUT', `/deliberations/${id}/status`, { status: 'open' })
    return code
  }
  const here = `/deliberations/${ids.deliberation}`
  const plan = forum({ community, title, seats: 8 })
  const room = await begin(ids.deliberation, plan)
  const { documents } = await upload(`${here}/documents`, pdf, '方案.pdf')
  await make('POST', `${here}/attendance/door`, { participant: ids.participant, seat: 1 })
  await make('POST', `${here}/speakers/seat`, { id: ids.speaker, seat: 1 })
  await make('POST', `${here}/statements/taken`, { id: ids.statement, text: '楼道灯坏了', seat: 1 })
  const asked = { kind: 'motion', title, item: null, options: [], picks: 0, secret: false, rule: 'simple' }
  await make('POST', `${here}/questions`, { id: ids.question, ...asked, quorum: null, requirement: null })
  for (const state of ['open', 'closed']) await make('PUT', `${here}/questions/${ids.question}/state`, { state })
  const duty = { text: '换灯', owner: '物业', dueOn: '2026-12-20', statements: [ids.statement], question: null }
  await make('POST', `${here}/follow-ups`, { id: ids.followUp, ...duty })
  await make('PUT', `${here}/status`, { status: 'closed' })
  for (const status of ['approved', 'published']) {
    const { revision } = await make('GET', `${here}/minutes`)
    await make('PUT', `${here}/minutes/status`, { revision, status })
  }
  await begin(ids.consultation, consultation({ community, title }))
  return { ...ids, room, document: documents[0].id }
}
