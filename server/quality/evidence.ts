import { DEVICE_MS, deviceSign, mostWithin, NETWORK_MS, networkSign, slipSign } from '../../shared/quality/senders.ts'
import type { Sign } from '../../shared/quality/signs.ts'
import { isAlike, TEXT_MS, textMarks, textSign } from '../../shared/quality/texts.ts'
import type { QuestionInfo } from '../../shared/surveys/compile.ts'
import type { Db } from '../db/database.ts'
import { type Answer, answersById, idsBySlip } from './answers.ts'
import { grouped } from './grouped.ts'
import { type Met, met, type Trace } from './traces.ts'

/** A sign that an answer has because of others, with those others: they may have it too by now. */
export interface Shared {
  id: string
  sign: Sign
  others: string[]
}

type Questions = (answer: Answer) => readonly QuestionInfo[]

/** What somebody wrote into open questions. */
export function textsOf({ answers }: Answer, questions: readonly QuestionInfo[]): string[] {
  const open = questions.filter(({ type }) => type === 'comment' || type === 'text')
  return open.flatMap(({ name }) => (typeof answers[name] === 'string' ? [answers[name]] : []))
}

/** The marks by which an answer is found again. Whoever of the staff types for many does so on one device. */
export function tracesOf(answer: Answer, questions: readonly QuestionInfo[]): Trace[] {
  const { id, survey, channel, device, network, receivedAt, submittedAt } = answer
  const traces: Trace[] = []
  if (channel === 'online' && device) traces.push({ survey, kind: 'device', mark: device, id, at: receivedAt })
  if (channel === 'online' && network) traces.push({ survey, kind: 'network', mark: network, id, at: receivedAt })
  const marks = new Set(textsOf(answer, questions).flatMap(textMarks))
  for (const mark of marks) traces.push({ survey, kind: 'text', mark, id, at: submittedAt })
  return traces
}

/** The signs that these answers share with others. */
export async function sharedSigns(
  db: Db,
  districtId: number,
  answers: Answer[],
  questions: Questions,
): Promise<Shared[]> {
  const traces = answers.flatMap((answer) => tracesOf(answer, questions(answer)))
  const around = async (kind: Trace['kind'], ms: number) => {
    const own = traces.filter((trace) => trace.kind === kind)
    return grouped(await met(db, districtId, own, ms), ({ id }) => id)
  }
  return [
    ...crowded(answers, await around('device', DEVICE_MS), DEVICE_MS, deviceSign),
    ...crowded(answers, await around('network', NETWORK_MS), NETWORK_MS, networkSign),
    ...(await slips(db, districtId, answers)),
    ...(await texts(db, districtId, answers, questions, await around('text', TEXT_MS))),
  ]
}

function crowded(
  answers: Answer[],
  around: Map<string, Met[]>,
  ms: number,
  judge: (n: number) => Sign | undefined,
): Shared[] {
  return answers.flatMap(({ id, receivedAt }) => {
    const near = around.get(id) ?? []
    const n = mostWithin(
      receivedAt.getTime(),
      near.map(({ at }) => at.getTime()),
      ms,
    )
    const sign = judge(n)
    return sign ? [{ id, sign, others: near.map(({ other }) => other) }] : []
  })
}

async function slips(db: Db, districtId: number, answers: Answer[]): Promise<Shared[]> {
  const found: Shared[] = []
  for (const survey of new Set(answers.map((answer) => answer.survey))) {
    const own = answers.filter((answer) => answer.survey === survey && answer.slip !== null)
    const ids = await idsBySlip(db, districtId, survey, [...new Set(own.map(({ slip }) => slip!))])
    for (const { id, slip } of own) {
      const others = ids.get(slip!) ?? []
      const sign = slipSign(others.length)
      if (sign) found.push({ id, sign, others })
    }
  }
  return found
}

async function texts(db: Db, districtId: number, answers: Answer[], questions: Questions, near: Map<string, Met[]>) {
  const written = answers.filter(({ id }) => (near.get(id)?.length ?? 0) > 1)
  const others = new Set(written.flatMap(({ id }) => near.get(id)!.map(({ other }) => other)))
  const known = new Map((await answersById(db, districtId, [...others])).map((answer) => [answer.id, answer]))
  return written.flatMap((answer): Shared[] => {
    const own = textsOf(answer, questions(answer))
    const ids = [...new Set(near.get(answer.id)!.map(({ other }) => other))].filter((id) => id !== answer.id)
    const alike = ids.flatMap((id) => {
      const other = known.get(id)
      const isSame = other && textsOf(other, questions(other)).some((text) => own.some((mine) => isAlike(mine, text)))
      return isSame ? [other] : []
    })
    const moment = ({ submittedAt }: Answer) => submittedAt.getTime()
    const sign = textSign(moment(answer), alike.map(moment))
    return sign ? [{ id: answer.id, sign, others: alike.map(({ id }) => id) }] : []
  })
}
