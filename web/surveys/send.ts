import { submitResponse } from '../../shared/surveys/api.ts'
import { call, Refused } from '../api/call.ts'
import { inTime } from '../api/kept-call.ts'
import { isForLater, senderOf } from '../api/sender.ts'
import { serverNow } from '../api/server-clock.ts'
import { type Filling, markSent, replaceSubmission, sendBack, waiting } from './fillings.ts'

export const {
  now: sendingNow,
  listen: listenToSending,
  send: sendWaiting,
  keepSending,
} = senderOf('yixu-send', async (trying) => {
  for (const filling of await waiting()) {
    trying()
    await sendOne(filling)
  }
})

/** @throws {Refused} it is to be tried again later */
async function sendOne(filling: Filling, isCorrected = false): Promise<void> {
  const { place, submission } = filling
  if (!submission) return
  try {
    const params = { district: place.district, survey: place.survey }
    const { receipt } = await inTime((signal) => call(submitResponse, params, { body: submission, signal }))
    await markSent(filling, receipt)
  } catch (error) {
    if (!(error instanceof Refused) || isForLater(error)) throw error
    if (error.problem.code === 'bad_times' && !isCorrected) return await sendOne(await corrected(filling), true)
    // What the server holds under this id stands, and the person has been told when it was acknowledged.
    if (error.problem.code === 'same_id_other_content') await markSent(filling, undefined)
    else await sendBack(filling, error.problem)
  }
}

/** The refusal has brought the server's time with it: the same length of time, ending now. */
async function corrected(filling: Filling): Promise<Filling> {
  const submission = filling.submission!
  const took = Date.parse(submission.submittedAt) - Date.parse(submission.startedAt)
  const end = serverNow().getTime()
  const times = {
    startedAt: new Date(end - Math.min(Math.max(took || 0, 0), 7 * 86_400_000)).toISOString(),
    submittedAt: new Date(end).toISOString(),
  }
  return (await replaceSubmission(filling, { ...submission, ...times })) ?? filling
}
