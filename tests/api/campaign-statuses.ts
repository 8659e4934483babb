import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Submission } from '../../shared/surveys/api.ts'

const survey = '/api/districts/{district}/surveys/{survey}'
const there = `${survey}/communities/{community}`
const none = '00000000-0000-4000-8000-000000000000'

/** What stands in the addresses of calls about targets, visits and household slips. */
export const filledCampaign = { contact: none, batch: none }

const target = (target: number, band = '60-79') => ({ targets: [{ channel: 'paper', band, target }] })

/** Bodies in which nothing is wrong. */
export const soundCampaign: Record<string, object> = {
  [`POST ${there}/contacts`]: { id: none, outcome: 'refused', doors: 1 },
  [`POST ${there}/slips`]: { batch: none, count: 2 },
  [`POST ${survey}/quotas/distribution`]: { channel: 'online', total: 1_000, minimum: 5 },
  [`PUT ${survey}/quotas/{community}`]: target(4),
  [`POST ${survey}/reviews`]: { responses: [none], decision: 'excluded', reason: '试填' },
}

type Ask = (
  call: string,
  more?: { body?: unknown; params?: Record<string, string> },
  // biome-ignore lint/suspicious/noExplicitAny: each call knows what it asked for
) => Promise<{ statusCode: number; json(): any }>

/** What calls about targets, visits, slips and review may answer beyond what is asked of all. */
export async function askForCampaign(ask: Ask, made: Submission): Promise<void> {
  await askForVisits(ask)
  const reviewing = `POST ${survey}/reviews`
  const ofPaper = { ...made, id: randomUUID(), channel: 'paper', answers: { ...made.answers, age: '60-79' } }
  const { receipt } = (await ask(`POST ${survey}/responses`, { body: ofPaper })).json()
  await askForTargets(ask)
  const excluding = { responses: [ofPaper.id], decision: 'excluded', reason: '试填' }
  for (const body of [soundCampaign[reviewing], excluding, excluding, { ...excluding, reason: ' ' }])
    await ask(reviewing, { body })
  await ask('POST /api/districts/{district}/withdrawals', { body: { receipt } })
  await ask(reviewing, { body: { ...excluding, decision: 'kept' } })
}

async function askForVisits(ask: Ask): Promise<void> {
  const noting = `POST ${there}/contacts`
  const contact = soundCampaign[noting]!
  for (const more of [{}, {}, { doors: 9 }, { id: randomUUID(), day: '2020-01-01' }])
    await ask(noting, { body: { ...contact, ...more } })
  for (const _ of [1, 2]) await ask(`DELETE ${there}/contacts/{contact}`)
  await ask(`GET ${there}/slips/{batch}`)
  const ordering = `POST ${there}/slips`
  for (const more of [{}, {}, { count: 3 }]) await ask(ordering, { body: { ...soundCampaign[ordering], ...more } })
  await ask(`GET ${there}/slips/{batch}`)
}

async function askForTargets(ask: Ask): Promise<void> {
  const dividing = `POST ${survey}/quotas/distribution`
  for (const total of [1_000, 1]) await ask(dividing, { body: { ...soundCampaign[dividing], total } })
  const setting = `PUT ${survey}/quotas/{community}`
  const set = async (body: object) => (await ask(setting, { body, params: { community: 'C001' } })).statusCode
  await set(target(1, 'nobody'))
  // What is in counts once it has been folded in, a moment after its receipt.
  for (let tries = 0; (await set(target(3))) === 200 && (await set(target(0))) !== 409; tries += 1) {
    if (tries > 100) throw new Error('a target below what is in was taken')
    await sleep(100)
  }
}
