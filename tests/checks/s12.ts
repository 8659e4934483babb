import { startSmsProvider } from '../setup/sms-provider.ts'
import { atLeast, type Check, judge, none } from './check.ts'
import { openHouse } from './house.ts'
import { commandsOf } from './s12-commands.ts'
import { meetSeeded } from './s12-meeting.ts'
import { hitsIn, Seeds } from './s12-seeds.ts'
import { walkSeeded } from './s12-walk.ts'

const counts = { test: 120, full: 1_000 }

/**
 * What people said and who they are stands in no log and in no refusal, and whoever was kept out stands in the log once. Has a
 * server of its own, with a provider of text messages that refuses; the log of the other server is searched as well.
 */
export const s12: Check = async (house, size) => {
  const provider = await startSmsProvider()
  const token = 'seed-token-of-the-sms-provider'
  const own = await openHouse(2, { SMS_URL: provider.url, SMS_TOKEN: token })
  try {
    const seeds = new Seeds(counts[size], [token, own.key, house.key])
    const walked = await walkSeeded(own, seeds, provider, counts[size])
    const met = await meetSeeded(own, seeds)
    const told = await commandsOf(own, size)
    const logs = { server: own.serverLog(), database: own.databaseLog(), commands: told, neighbour: house.serverLog() }
    const hits = Object.entries(logs).flatMap(([name, text]) => hitsIn(text, seeds).map((hit) => `${name}: ${hit}`))
    const failed = logs.server
      .split('\n')
      .filter((line) => /a text message was not accepted|a job (failed|was given up)/.test(line))
    const figures = [
      atLeast('seeded_phones', seeds.phones.length, counts[size]),
      atLeast('requests', walked.sent, counts[size]),
      atLeast('said_in_a_meeting', met.sent, 30),
      atLeast('codes_and_sessions_seeded', seeds.others.size, 10),
      atLeast('messages_that_failed', failed.length, 1),
      atLeast('lines_of_commands', told.split('\n').length, 5),
      none('hits_in_logs', hits.length),
      none('hits_in_refusals', walked.hits.length + met.hits.length),
      atLeast('kept_out', walked.keptOut, 50),
      none('kept_out_not_logged_once', walked.unlike.length),
      none('failed_sign_ins_not_audited_once', Math.abs(walked.audited - walked.failedKnown)),
    ]
    return judge('S12', size, figures, [...hits, ...walked.hits, ...met.hits, ...walked.unlike])
  } finally {
    await own.close()
    await provider.stop()
  }
}
