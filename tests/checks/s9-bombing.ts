import type { Case } from './fuzz-cases.ts'
import { sendAll } from './fuzz-send.ts'
import type { House } from './house.ts'
import { forgive, posting } from './s9-guess.ts'

/** What the server means to allow in an hour: to one phone, from one address, in one district. */
export const caps = { phoneMinute: 1, phoneHour: 5, source: 60, district: 600, failures: 100 }

const sendTo = (index: number, headers: Record<string, string> = {}): Case =>
  posting('/api/sign-in/phone', { district: 'YX', phone: `1372${String(index).padStart(7, '0')}` }, headers)

/** A visitor who says to come from somewhere else each time. */
const elsewhere = (index: number): Record<string, string> => {
  const address = `10.${index >> 8}.${index & 255}.7`
  return { 'x-forwarded-for': address, 'x-real-ip': address, forwarded: `for=${address}`, 'true-client-ip': address }
}

/** How many messages could be had by asking, and how many guesses, in ways that all meet a cap. */
export async function bomb(house: House) {
  const taken = async (cases: Case[], addresses: boolean, status = 200) => {
    let count = 0
    const note = (_one: Case, answer: { status: number }) => {
      if (answer.status === status) count += 1
    }
    await sendAll(house, cases, note, { addresses })
    return count
  }
  const many = (count: number, make: (index: number) => Case) =>
    Array.from({ length: count }, (_, index) => make(index))
  await forgive(house)
  const oneSource = await taken(
    many(90, (index) => sendTo(index)),
    false,
  )
  await forgive(house)
  const spoofed = await taken(
    many(90, (index) => sendTo(1_000 + index, elsewhere(index))),
    false,
  )
  await forgive(house)
  const onePhone = await taken(
    many(200, () => sendTo(2_000)),
    true,
  )
  let hour = onePhone
  for (let minute = 0; minute < 8; minute += 1) {
    await house.inDatabase((pool) =>
      pool.query(`UPDATE sign_in_attempts SET until = now() WHERE key LIKE 'phone-minute:%'`),
    )
    hour += await taken([sendTo(2_000)], true)
  }
  await forgive(house)
  const district = await taken(
    many(650, (index) => sendTo(3_000 + index)),
    true,
  )
  await forgive(house)
  const guess = (index: number) =>
    posting(
      '/api/sign-in/phone/code',
      { district: 'YX', phone: `1373${String(index).padStart(7, '0')}`, code: '000000' },
      elsewhere(index),
    )
  const failures = await taken(many(130, guess), false, 401)
  await forgive(house)
  return { oneSource, spoofed, onePhone, hour, district, failures }
}
