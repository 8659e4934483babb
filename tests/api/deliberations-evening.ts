import { randomUUID } from 'node:crypto'
import { base, type Deliberations } from './deliberations-district.ts'
import { forum } from './deliberations-plans.ts'

/** An evening: three phones and two seats, two statements and one merged into the first, a motion that three carry. */
export async function evening(house: Deliberations) {
  const must = (method: string, path: string, body?: unknown) =>
    house.must(method, `${base}/${path}`, body, house.secretary)
  const plan = forum()
  const { id, code } = await house.open(plan)
  const item = plan.agenda[1]!.id
  const phones = [
    await house.phone(id, { name: '王芳', namesMe: true }),
    await house.phone(id, { name: '赵铁柱' }),
    await house.phone(id),
  ]
  await must('POST', `${id}/attendance/door`, { participant: randomUUID(), seat: 27, name: '钱奶奶', namesMe: true })
  await must('POST', `${id}/attendance/door`, { participant: randomUUID(), seat: 29, name: '孙大爷' })
  await must('PUT', `${id}/item`, { item })
  const say = async (words: string, seat?: number): Promise<string> =>
    (await must('POST', `${id}/statements/taken`, { id: randomUUID(), text: words, seat, item })).id
  const said = [await say('老人吃饭没有着落', 27), await say('中午没人做饭', 29), await say('楼道灯坏了')]
  await must('PUT', `${id}/statements/${said[1]}/merged`, { into: said[0] })
  await must('PUT', `${id}/statements/${said[0]}/service`, { service: 'community_meals' })
  const question = randomUUID()
  await must('POST', `${id}/questions`, {
    ...{ id: question, kind: 'motion', title: '是否建社区食堂', item: plan.agenda[2]!.id, options: [], picks: 0 },
    ...{ secret: false, rule: 'simple', quorum: null, requirement: null },
  })
  await must('PUT', `${id}/questions/${question}/state`, { state: 'open' })
  const cast = (choice: string) => [{ id: randomUUID(), subject: question, choice }]
  for (const [i, choice] of ['agree', 'agree', 'disagree'].entries())
    await house.must(
      'POST',
      `${base}/${id}/questions/${question}/votes`,
      { ticket: phones[i]!.ticket, votes: cast(choice) },
      {},
    )
  await must('POST', `${id}/questions/${question}/seat-votes`, { seat: 27, votes: cast('agree') })
  await must('PUT', `${id}/questions/${question}/state`, { state: 'closed' })
  return { id, code, item, said, question }
}
