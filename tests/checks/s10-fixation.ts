import { oneTimeCode } from '../setup/people.ts'
import type { House } from './house.ts'
import { askAs } from './s1-ask.ts'
import { callFrom, employ, headersOf, type Jar, type Staff, signInAs } from './staff.ts'

const SESSION = 'yixu'
const SECOND = 'yixu-second'

/** A session that somebody brings along is never the one that is opened, and each step gives it a new name. What is wrong, one line each. */
export async function fixation(house: House, { administrator }: Staff): Promise<string[]> {
  const wrong: string[] = []
  const expect = (is: boolean, otherwise: string) => void (is || wrong.push(otherwise))
  const { username } = await employ(house, 'fixation', { role: 'secretary', level: 'community', code: 'C001' })
  const stranger = await employ(house, 'fixation-stranger', { role: 'secretary', level: 'community', code: 'C002' })
  const strangers = /yixu=([^;]+)/.exec(stranger.headers.cookie ?? '')?.[1] ?? ''

  for (const planted of ['planted.value', strangers]) {
    const jar = await signInAs(house, username, new Map([[SESSION, planted]]))
    expect(jar.get(SESSION) !== planted, `a planted cookie was adopted: ${planted.slice(0, 7)}`)
    const me = await callFrom(house, jar, 'GET', '/api/me')
    expect(JSON.parse(me.body.toString()).username === username, 'a planted cookie says who one is')
    const before = jar.get(SESSION)
    await signInAs(house, username, jar)
    expect(jar.get(SESSION) !== before, 'signing in again kept the name of the session')
  }

  const half = await signInAs(house, administrator.username, new Map([[SESSION, 'planted.value']]))
  expect(!(await isIn(house, half)), 'the password alone lets an administrator in')
  const second = half.get(SECOND) ?? ''
  const code = nextCode(administrator.secret)
  const { status } = await callFrom(house, half, 'POST', '/api/sign-in/second', { code })
  expect(status === 200 && (await isIn(house, half)), `the second factor does not let in: ${status}`)
  expect(half.get(SESSION) !== 'planted.value' && half.get(SESSION) !== second, 'the second factor kept a name')
  const again = await callFrom(house, new Map([[SECOND, second]]), 'POST', '/api/sign-in/second', { code })
  expect(again.status === 401, `a second step is taken twice: ${again.status}`)
  return wrong
}

/** The code that the authenticator shows next, which is good already: the one of now has been used. */
export const nextCode = (secret = ''): string => oneTimeCode(secret, Date.now() + 30_000)

async function isIn(house: House, jar: Jar): Promise<boolean> {
  return (await askAs(house, headersOf(jar), { method: 'GET', path: '/api/me' })).status === 200
}
