import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { handOver } from '../../server/platform/provider.ts'
import { readSettings } from '../../server/settings.ts'
import { atLeast, type Check, judge, none, type Size } from './check.ts'
import { type Operation, operationsOf } from './fuzz-operations.ts'
import { sendAll } from './fuzz-send.ts'
import type { House } from './house.ts'
import { csvText, tableOf, upload } from './imports.ts'
import { headersFor, positionsOf, probeSurvey } from './positions.ts'
import { askAs } from './s1-ask.ts'
import { keyOf } from './s1-world.ts'
import { spellings } from './s8-spellings.ts'
import { forgive } from './s9-guess.ts'
import { type Staff, staffOf } from './staff.ts'

const counts = { test: 2, full: 30 }

/**
 * Addresses that people write are words and never asked for anything. The one address that the server calls is the operator's own
 * (SMS_URL), who may well mean a machine inside: there no redirect is followed and no name and password stand in it. There are
 * no names to be resolved anew for anybody else, so rebinding has nothing to bind.
 */
export const s8: Check = async (house, size) => {
  const staff = await staffOf(house)
  const seen: string[] = []
  const inside = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`)
    response.end()
  })
  await new Promise<void>((resolve) => inside.listen(0, '127.0.0.1', resolve))
  const { port } = inside.address() as AddressInfo
  const urls = spellings(port)
  try {
    const sent = await write(house, staff, await operationsOf(house), urls, size)
    const published = await publish(house, urls)
    await importAll(house, urls)
    // Whatever is done later is done within the second.
    await sleep(size === 'full' ? 5_000 : 1_500)
    const followed = await redirected(port)
    const bad = [
      `http://a:b@127.0.0.1:${port}`,
      `http://a@127.0.0.1:${port}`,
      'file:///etc/passwd',
      'gopher://127.0.0.1',
      '//127.0.0.1',
    ]
    const taken = bad.filter((url) => isTaken(url))
    const figures = [
      atLeast('spellings', urls.length, 30),
      atLeast('calls_with_addresses', sent, 200),
      none('connections_inside', seen.length),
      none('surveys_that_fetch_from_elsewhere', published.length),
      none('redirects_followed', followed),
      none('bad_settings_taken', taken.length),
    ]
    return judge('S8', size, figures, [...seen, ...published, ...taken])
  } finally {
    inside.closeAllConnections()
    inside.close()
    await forgive(house)
  }
}

async function write(house: House, staff: Staff, operations: Operation[], urls: string[], size: Size): Promise<number> {
  const places = operations
    .filter(({ path }) => path !== '/api/sign-out')
    .flatMap((one) => positionsOf(one, staff.place))
  const cases = places.flatMap(({ operation, put }, at) =>
    Array.from({ length: counts[size] }, (_, index) => {
      const { method, path, body } = put(urls[(at * counts[size] + index) % urls.length] as string)
      const headers = {
        'content-type': 'application/json',
        ...headersFor(operation, house.key, staff.administrator.headers),
      }
      if (body === undefined) delete (headers as Record<string, string>)['content-type']
      return {
        method,
        path,
        headers,
        body: body === undefined ? undefined : Buffer.from(JSON.stringify(body)),
        staff: false,
        sound: false,
      }
    }),
  )
  await sendAll(house, cases, () => undefined, { addresses: true })
  return cases.length
}

/** A survey can tell the resident's browser to fetch its choices or pictures: such are not published. Text with a picture in it is: our pages load none from elsewhere (S5). */
async function publish(house: House, urls: string[]): Promise<string[]> {
  const [url] = urls
  const [page] = probeSurvey().pages
  const choices = { type: 'dropdown', name: 'fetched', title: '选', choicesByUrl: { url } }
  const surveys = [
    { pages: [{ ...page, elements: [choices] }] },
    { pages: [{ ...page, elements: [{ type: 'image', name: 'shown', imageLink: url }] }] },
  ]
  const taken: string[] = []
  for (const definition of surveys) {
    const path = '/api/districts/YX/surveys/fetching/versions'
    const { status } = await askAs(house, keyOf(house), { method: 'POST', path, body: { title: '问卷', definition } })
    if (status !== 422) taken.push(`${JSON.stringify(definition)}: ${status}`)
  }
  return taken
}

async function importAll(house: House, urls: string[]): Promise<void> {
  const rows = urls.map((url, index) => ({ code: `U${index}`, name: url.slice(0, 40), community: 'C001' }))
  await upload(house, 'compounds', csvText(tableOf('compounds', rows)))
  const entity = `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "${urls[0]}">]><a>&x;</a>`
  await upload(house, 'compounds', entity, { name: 'a.xml' })
}

/** A provider that sends the message on to somebody inside. */
async function redirected(port: number): Promise<number> {
  let asked = 0
  const outside = createServer((_request, response) => {
    asked += 1
    response.writeHead(307, { location: `http://127.0.0.1:${port}/inside` }).end()
  })
  await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(outside.address() as AddressInfo).port}/`
  const problem = await handOver({ url }, { id: 'a', phone: '13800000000', text: '查核' })
  outside.closeAllConnections()
  outside.close()
  return problem?.code === 'redirected' && asked === 1 ? 0 : 1
}

function isTaken(url: string): boolean {
  try {
    return readSettings({ SMS_URL: url }).smsUrl !== undefined
  } catch {
    return false
  }
}
