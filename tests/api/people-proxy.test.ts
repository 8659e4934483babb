import { expect, test } from 'vitest'
import { administrator, type House, openHouse, password } from './people-district.ts'

/** Where the server takes a request to come from that reaches it from `address` with these headers. */
async function seenFrom(house: House, address: string, headers: Record<string, string>): Promise<string> {
  const one = house.browser(address)
  const { status } = await one.call('POST', '/sign-in', { username: 'admin', password }, headers)
  if (status !== 200) throw new Error(String(status))
  const { rows } = await house.look(
    `select split_part(from_address, ' ', 1) as address from audit_entries order by seq desc limit 1`,
  )
  return rows[0].address
}

test('a header says where a request comes from only where a proxy of the settings wrote it', async () => {
  const proxied = await openHouse({ trustProxy: ['127.0.0.1', '10.9.0.0/16'] })
  await administrator(proxied)
  const forwarded = { 'x-forwarded-for': '10.7.7.7' }
  expect(await seenFrom(proxied, '127.0.0.1', forwarded)).toBe('10.7.7.7')
  expect(await seenFrom(proxied, '10.9.1.1', forwarded)).toBe('10.7.7.7')
  expect(await seenFrom(proxied, '10.8.1.1', forwarded)).toBe('10.8.1.1')
  // What the visitor wrote stands before what the proxy added.
  expect(await seenFrom(proxied, '127.0.0.1', { 'x-forwarded-for': '1.2.3.4, 10.7.7.7' })).toBe('10.7.7.7')
  expect(await seenFrom(proxied, '127.0.0.1', { 'x-forwarded-for': '10.7.7.7, 10.9.1.1' })).toBe('10.7.7.7')
  await proxied.stop()
})

test('without such a setting nobody is believed', async () => {
  const plain = await openHouse()
  await administrator(plain)
  const headers = { 'x-forwarded-for': '10.7.7.7', 'x-real-ip': '10.7.7.8', forwarded: 'for=10.7.7.9' }
  expect(await seenFrom(plain, '127.0.0.1', headers)).toBe('127.0.0.1')
  await plain.stop()
})

test('whoever comes through a proxy does not sit at the server, whatever the proxy says about the host', async () => {
  const house = await openHouse({ trustProxy: ['127.0.0.1'] })
  const headers: Record<string, string>[] = [
    { 'x-forwarded-for': '127.0.0.1' },
    { 'x-forwarded-host': 'localhost' },
    { via: '1.1 proxy' },
  ]
  const given = { district: 'YX', username: 'admin', name: '周主任', password }
  for (const forwarded of headers) {
    const { status, body } = await house.browser().call('POST', '/setup', given, forwarded)
    expect([forwarded, status, body.code]).toEqual([forwarded, 403, 'set_up_here'])
  }
  await house.stop()
})
