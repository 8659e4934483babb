import { setTimeout } from 'node:timers/promises'
import { unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { type Entry, zip } from '../../../server/documents/archive.ts'

async function* entries(list: Entry[]): AsyncGenerator<Entry> {
  yield* list
}

async function read(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks)
}

const bytes = (text: string) => new TextEncoder().encode(text)

describe('a ZIP', () => {
  it('gives back every file under its Chinese name, compressed or stored', async () => {
    const list = [
      { name: '一社一案/柿园路社区.json', data: bytes('{"a":1}'.repeat(50_000)) },
      { name: '一社一案/柿园路社区.pdf', data: crypto.getRandomValues(new Uint8Array(60_000)) },
      { name: '空.txt', data: new Uint8Array(0) },
    ]
    const file = await read(zip(entries(list)))
    const opened = unzipSync(file)
    expect(Object.keys(opened)).toEqual(list.map((entry) => entry.name))
    for (const entry of list) expect(Buffer.from(opened[entry.name]!).equals(Buffer.from(entry.data))).toBe(true)
    expect(file.length).toBeLessThan(100_000)
    expect(file.readUInt16LE(6) & 0x800).toBe(0x800)
  })

  it('asks for the next file only when the reader has taken the last', async () => {
    let made = 0
    async function* slow(): AsyncGenerator<Entry> {
      for (let i = 0; i < 40; i++) {
        made += 1
        yield { name: `${i}.pdf`, data: new Uint8Array(500_000) }
      }
    }
    const stream = zip(slow())
    const reader = stream[Symbol.asyncIterator]()
    await reader.next()
    await setTimeout(50)
    expect(made).toBeLessThan(5)
    stream.destroy()
  })

  it.each(['../a.txt', '/a.txt', 'a\\b.txt', 'C:/a.txt', ''])('refuses the name %j', async (name) => {
    await expect(read(zip(entries([{ name, data: bytes('x') }])))).rejects.toThrow(/inside its folder/)
  })

  it('refuses two files of one name', async () => {
    const twice = { name: 'a.txt', data: bytes('x') }
    await expect(read(zip(entries([twice, twice])))).rejects.toThrow(/one name/)
  })

  it('passes on what went wrong while a file was made', async () => {
    async function* broken(): AsyncGenerator<Entry> {
      yield { name: 'a.txt', data: bytes('x') }
      throw new Error('no paper')
    }
    await expect(read(zip(broken()))).rejects.toThrow('no paper')
  })
})
