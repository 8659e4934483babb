import { atLeast, type Check, type Figure, judge, none, within } from './check.ts'
import { bomb, caps } from './s9-bombing.ts'
import { guess, MOST_CODES, MOST_TRIES } from './s9-guess.ts'
import { tell } from './s9-tell.ts'
import { staffOf } from './staff.ts'

const APART_MS = 5
const wanted = { test: 200, full: 10_000 }

const atMost = (figure: string, value: number, limit: number): Figure => ({
  ...{ figure, value, limit, better: 'lower', unit: 'times' },
})

/** Guessing gets nobody in, asking tells nobody who has an account, and nobody can have a phone rung up or the district's messages used up. */
export const s9: Check = async (house, size) => {
  await staffOf(house)
  const guessed = await guess(house, size)
  const bombed = await bomb(house)
  const { phones, usernames } = await tell(house, size)
  const figures = [
    atLeast('guesses', guessed.sent, wanted[size]),
    none('guesses_not_refused', guessed.wrong.length),
    atMost('tries_looked_at_a_phone_code', guessed.most.phone, MOST_TRIES),
    atMost('tries_looked_at_an_account', guessed.most.password, MOST_TRIES),
    atMost('tries_looked_at_an_authenticator', guessed.most.code, MOST_CODES),
    atMost('messages_for_one_source', bombed.oneSource, caps.source),
    atMost('messages_for_one_source_spoofing', bombed.spoofed, caps.source),
    atMost('messages_to_one_phone_in_a_minute', bombed.onePhone, caps.phoneMinute),
    atMost('messages_to_one_phone_in_an_hour', bombed.hour, caps.phoneHour),
    atMost('messages_of_one_district', bombed.district, caps.district),
    atMost('guesses_for_one_source_spoofing', bombed.failures, caps.failures),
    // Caps that let nothing through would hold as well.
    atLeast('messages_all_the_same', Math.min(bombed.oneSource, bombed.onePhone, bombed.district), 1),
    none('phones_told_apart', phones.bodies.length - 1),
    none('usernames_told_apart', usernames.bodies.length - 1),
    within('phones_apart', phones.apartMs, APART_MS),
    within('usernames_apart', usernames.apartMs, APART_MS),
  ]
  return judge('S9', size, figures, [...guessed.wrong, ...phones.bodies, ...usernames.bodies])
}
