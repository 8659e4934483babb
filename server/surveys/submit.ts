import type { Pool } from 'pg'
import type { District } from '../../shared/places/api.ts'
import type { Detail } from '../../shared/problem.ts'
import type { Submission } from '../../shared/surveys/api.ts'
import { noticeVersion, ownNotice } from '../../shared/surveys/notice.ts'
import { type Db, forDistrict } from '../db/database.ts'
import type { Look } from '../platform/audit.ts'
import { chinaMinute } from '../platform/china-time.ts'
import { isPlainText } from '../platform/plain-text.ts'
import type { Refusal } from '../refusal.ts'
import { refuse } from '../refusals.ts'
import { type Content, contentOf } from './content.ts'
import { entryOf } from './entry.ts'
import { deviceHash, networkHash } from './fingerprint.ts'
import { type Published, publishedSurvey } from './published.ts'
import { newReceipt } from './receipts.ts'
import { findResponses, type Incoming } from './store.ts'
import { compare, type Outcome, type Writer } from './writer.ts'

/** What taking an answer in needs. */
export interface Intake {
  db: Db
  pool: Pool
  /** The same connections, for what is audited. */
  answers: Db
  writer: Writer
  /** For hashing device ids. */
  key: string
  isCommunity(districtId: number, code: string): Promise<boolean>
}

/** The answer is committed. */
export type Receipted = Extract<Outcome, { receipt: string }>

/** One sending: who sent what to which survey. */
export interface Sending {
  district: District
  survey: string
  submission: Submission
  /** Whoever of the staff takes the answer down. */
  staff?: Omit<Look, 'subject'>
  /** The address that it came from. */
  address: string
  at: Date
}

/**
 * Takes an answer in. Resolves after the commit; `accepted` the first time, `repeated` when the same came again.
 * @throws {Refusal} by name for everything that is wrong; then nothing is stored
 */
export async function submit(intake: Intake, sending: Sending): Promise<Receipted> {
  const { district, submission, staff, at } = sending
  judgeEnvelope(submission)
  if (submission.channel !== 'online' && !staff) throw refuse.channelNeedsKey()
  const published = await publishedSurvey(forDistrict(intake.db, district.id), district.id, sending.survey)
  const shut = notNow(published, submission)
  if (shut) return receiptOf(await outcomeOfEarlier(intake, sending, shut))
  if (!hasRead(published, submission)) return receiptOf(await outcomeOfEarlier(intake, sending, refuse.noticeChanged()))
  if (!(await intake.isCommunity(district.id, submission.community))) throw refuse.unknownCommunity()
  if (!timesAreSound(submission, at)) throw refuse.badTimes()
  const wrong = published.survey.admit(submission.answers)
  if (wrong.length > 0) return receiptOf(await outcomeOfEarlier(intake, sending, refuse.invalidAnswers(wrong)))
  return receiptOf(await intake.writer.add(incoming(intake, sending, published)))
}

function receiptOf(outcome: Outcome): Receipted {
  if ('receipt' in outcome) return outcome
  throw outcome.kind === 'withdrawn' ? refuse.responseWithdrawn() : refuse.sameIdOtherContent()
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** What the schema cannot say. */
function judgeEnvelope({ id, consentVersion }: Submission): void {
  const wrong: Detail[] = []
  if (!UUID.test(id))
    wrong.push({ at: 'body/id', rule: 'format', message: '答卷编号的格式不对，请刷新问卷后重新提交。' })
  if (!isPlainText(consentVersion)) {
    wrong.push({
      at: 'body/consentVersion',
      rule: 'text',
      message: '告知书版本里有无法保存的字符，请刷新问卷后重新提交。',
    })
  }
  if (wrong.length > 0) throw refuse.badRequest(wrong)
}

function notNow({ status, opensAt, current }: Published, { version }: Submission): Refusal | undefined {
  if (status === 'closed') return refuse.surveyClosed()
  if (status === 'paused') return refuse.surveyPaused()
  if (status === 'scheduled') return refuse.surveyNotYetOpen(chinaMinute(opensAt as Date))
  if (version > current) return refuse.unknownVersion()
  return version < current ? refuse.oldVersion(current) : undefined
}

/** Whoever answers online has agreed to the notice of this version; what was read out or printed on paper, staff know. */
function hasRead({ definition }: Published, { channel, consentVersion }: Submission): boolean {
  return channel !== 'online' || consentVersion === noticeVersion(definition)
}

/** Somebody whose answer was stored in time but who never heard of it gets the receipt even now; a withdrawn id stays withdrawn whatever is sent under it. */
async function outcomeOfEarlier(intake: Intake, sending: Sending, otherwise: Refusal): Promise<Outcome> {
  const { district, survey, submission } = sending
  const id = submission.id.toLowerCase()
  const stored = (await findResponses(intake.pool, district.id, [id])).get(id)
  if (!stored) throw otherwise
  const sent = readable(survey, submission)
  const outcome: Outcome = sent ? compare({ content: sent, receipt: '' }, stored) : { kind: 'conflict' }
  if (outcome.kind === 'conflict') throw otherwise
  return outcome
}

/** What was not admitted may have no times, or be nested too deep to be written; it equals nothing that is stored. */
function readable(survey: string, submission: Submission): Content | undefined {
  try {
    return contentOf(survey, submission)
  } catch {
    return undefined
  }
}

const DAY_MS = 86_400_000
const EARLIEST = Date.UTC(2020, 0, 1)

/** Begun before it was sent, not before there was such a thing, and not tomorrow; phones' clocks are often wrong by hours. */
function timesAreSound({ startedAt, submittedAt }: Submission, at: Date): boolean {
  const started = Date.parse(startedAt)
  const submitted = Date.parse(submittedAt)
  return started >= EARLIEST && started <= submitted && submitted <= at.getTime() + DAY_MS
}

function incoming(intake: Intake, sending: Sending, { survey: compiled, definition }: Published): Incoming {
  const { district, survey, submission, staff, address, at } = sending
  const { version, community, channel, proxy, device, answers } = submission
  const online = channel === 'online'
  const content = contentOf(survey, submission)
  const counted = { survey, version, community, channel, proxy, review: 'kept', receivedAt: at } as const
  return {
    content,
    districtId: district.id,
    district: district.code,
    id: submission.id.toLowerCase(),
    receivedAt: at.toISOString(),
    deviceHash: device === undefined ? null : deviceHash(intake.key, survey, device),
    // Nobody was told of it by a notice of the district's own.
    networkHash: online && !ownNotice(definition) ? networkHash(intake.key, survey, address) : null,
    takenBy: !online && staff && UUID.test(staff.actor) ? staff.actor : null,
    receipt: newReceipt(district.code),
    entry: JSON.stringify(entryOf(counted, compiled.plan, answers, 1)),
    look: !online && staff ? lookOn(staff, content, submission) : undefined,
  }
}

/** A resident's own answer has its receipt; of one that was taken down it is kept by whom, and not what it says. */
function lookOn(staff: Omit<Look, 'subject'>, content: Content, { id }: Submission): Look {
  const { survey, version, community, channel, proxy } = content
  return { ...staff, subject: `response:${id.toLowerCase()}`, after: { survey, version, community, channel, proxy } }
}
