import { randomBytes, randomUUID } from 'node:crypto'
import type { Shot } from './screenshots.ts'
import type { Official } from './screenshots-campaign.ts'

const deliberations = '/api/districts/YX/deliberations'

const said = [
  '食堂最好设在一楼，腿脚不好的老人也能自己去吃。',
  '希望有个白天能照看老人的地方，子女上班放心。',
  '孩子放学到家长下班之间没人管，盼着有托管。',
  '电动车棚再加几个充电口。',
]

/** A meeting in the middle: people are in, four things were said, one waits for moderation, and a vote is open. */
export async function holdMeeting({ call }: Official, community: string): Promise<{ id: string; code: string }> {
  const id = randomUUID()
  const item = (title: string, kind: string) => ({ id: randomUUID(), title, kind, minutes: 20 })
  const agenda = [item('通报问卷结果', 'inform'), item('说说最要紧的需要', 'gather'), item('一楼先做什么', 'resolve')]
  const plan = {
    ...{ kind: 'forum', title: '社区需求座谈会', community, compounds: [], place: '党群服务中心', host: '社区书记' },
    ...{ startsAt: new Date().toISOString(), endsAt: null, moderated: true, speakerSeconds: 180, seats: 20 },
    ...{ agenda, proposals: [] },
  }
  const { code } = await call<{ code: string }>('POST', deliberations, { id, community, plan })
  const one = `${deliberations}/${id}`
  await call('PUT', `${one}/status`, { status: 'open' })
  const tickets = Array.from({ length: 12 }, () => randomBytes(32).toString('base64url'))
  for (const ticket of tickets) await call('POST', `${one}/attendance`, { participant: randomUUID(), ticket })
  for (let seat = 1; seat <= 9; seat++)
    await call('POST', `${one}/attendance/door`, { participant: randomUUID(), seat })
  for (const { id: next } of agenda.slice(0, 2)) await call('PUT', `${one}/item`, { item: next })
  for (const [i, text] of said.entries()) {
    await call('POST', `${one}/statements/taken`, { id: randomUUID(), text, seat: i + 1 })
  }
  await call('POST', `${one}/statements`, { id: randomUUID(), ticket: tickets[3], text: '路灯太暗，晚上不敢走小门。' })
  await call('POST', `${one}/speakers/seat`, { id: randomUUID(), seat: 6 })
  const question = randomUUID()
  const asked = { kind: 'motion', title: '腾退的一楼先办社区食堂', item: null, options: [], picks: 0, secret: false }
  await call('POST', `${one}/questions`, { id: question, ...asked, rule: 'simple', quorum: null, requirement: null })
  await call('PUT', `${one}/questions/${question}/state`, { state: 'open' })
  for (const ticket of tickets.slice(0, 8)) {
    const votes = [{ id: randomUUID(), subject: question, choice: 'agree' }]
    await call('POST', `${one}/questions/${question}/votes`, { ticket, votes })
  }
  return { id, code }
}

/** What the desk, the wall and a phone show of it. */
export const roomShots = ({ id, code }: { id: string; code: string }): Shot[] => [
  { name: 'deliberations', path: '/desk/deliberations', ready: 'h1' },
  { name: 'room', path: `/desk/deliberations/${id}/room`, ready: '.room-statements li' },
  { name: 'wall', path: `/screen/YX/${id}`, ready: 'h1, h2' },
  { name: 'room-sign-in', path: `/m/YX/${code}`, ready: 'button.main' },
]
