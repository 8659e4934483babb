import type { ImportKind } from '../../shared/places/api.ts'
import { numbers, submissionOf } from '../load/answers.ts'
import type { SignedIn } from '../setup/people.ts'
import type { House } from './house.ts'
import { csvText, tableOf, upload } from './imports.ts'
import { askAs } from './s1-ask.ts'
import { enter, keyOf, must } from './s1-world.ts'
import { type Met, meet } from './s5-meetings.ts'
import { payloads } from './s5-payloads.ts'
import { wish } from './s5-wishes.ts'

const base = '/api/districts/XS'

export interface Settled {
  administrator: SignedIn
  poster: string
  taken: number
  met: Met
}

/** A district in which every name, title and text is a script; what was refused is not in it. */
export async function settle(house: House): Promise<Settled> {
  let next = 0
  let taken = 0
  const script = () => payloads[next++ % payloads.length] as string
  await must(house, 'POST', '/api/districts', { id: 5, code: 'XS', name: script(), demo: false })
  const table = async (kind: ImportKind, rows: Record<string, string>[]) => {
    for (const row of rows) {
      const { status } = await upload(house, kind, csvText(tableOf(kind, [row])), { district: 'XS' })
      // What is refused for one name comes in under a plain one, so that there is a place for what hangs on it.
      if (status !== 200)
        await upload(house, kind, csvText(tableOf(kind, [{ ...row, name: `平常${row.code}` }])), { district: 'XS' })
      else taken += 1
    }
  }
  await table('subdistricts', [{ code: 'S01', name: script() }])
  await table(
    'communities',
    ['C001', 'C002', 'C003'].map((code) => ({ code, name: script(), subdistrict: 'S01' })),
  )
  await table(
    'compounds',
    ['P1', 'P2', 'P3'].map((code) => ({ code, name: script(), community: 'C001' })),
  )
  await table(
    'facilities',
    payloads.map((name, index) => ({ code: `F${index}`, name, community: 'C001' })),
  )
  await table(
    'sites',
    ['D001', 'D002'].map((code) => ({ code, name: script(), community: 'C001', formerUse: script() })),
  )
  taken += await publish(house, script)
  const grants = [{ role: 'administrator', level: 'district', code: '' }] as const
  const administrator = await enter(house, 'XS', { username: 'xss-administrator', name: script(), grants: [...grants] })
  for (const [index, name] of payloads.slice(0, 20).entries()) {
    const person = {
      username: `xss-${index}`,
      name: name.slice(0, 40),
      grants: [{ role: 'courier', level: 'community', code: 'C001' }],
    }
    taken += Number(
      (await askAs(house, keyOf(house), { method: 'POST', path: `${base}/people`, body: person })).status === 201,
    )
  }
  await must(house, 'POST', `${base}/sites/D001/briefs`, { audience: 'staff' })
  const links = (await must(house, 'GET', `${base}/surveys/xss/links`)) as { code: string; community: string }[]
  const met = await meet(house, script)
  await wish(house)
  return { administrator, poster: links.find(({ community }) => community === 'C001')?.code ?? '', taken, met }
}

/** A questionnaire with scripts for its texts, and answers with scripts for words of one's own. */
async function publish(house: House, script: () => string): Promise<number> {
  const choices = (from: number) => payloads.slice(from, from + 20).map((text, index) => ({ value: `c${index}`, text }))
  const elements = [
    { type: 'radiogroup', name: 'one', title: script(), description: script(), choices: choices(0) },
    { type: 'checkbox', name: 'some', title: script(), choices: choices(20) },
    { type: 'html', name: 'told', html: payloads.slice(0, 12).join(' ') },
    { type: 'comment', name: 'said', title: script(), placeholder: script() },
  ]
  const short = payloads.filter(({ length }) => length <= 30)
  const points = Array.from({ length: 12 }, (_, index) => {
    return { heading: short[index] as string, text: payloads.slice(index * 5, index * 5 + 5).join(' ') }
  })
  const notice = { version: 'scripts-1', title: short[0] as string, points, consent: short[1] as string }
  const definition = { title: script(), pages: [{ name: 'p1', title: script(), elements }], notice }
  const all = { title: script(), definition }
  await must(house, 'POST', `${base}/surveys/xss/versions`, all)
  const random = numbers(5)
  let taken = 0
  for (const [index, text] of payloads.entries()) {
    const body = {
      ...submissionOf(random, ['C001'], {}, false),
      consentVersion: notice.version,
      answers: { one: `c${index % 20}`, said: text },
    }
    const reply = await askAs(house, {}, { method: 'POST', path: `${base}/surveys/xss/responses`, body })
    taken += Number(reply.status === 201)
  }
  return taken
}
