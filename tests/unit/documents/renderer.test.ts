import { monitorEventLoopDelay } from 'node:perf_hooks'
import { afterAll, describe, expect, it } from 'vitest'
import { createRenderer } from '../../../server/documents/renderer.ts'
import { WorkFailed } from '../../../server/platform/thread-pool.ts'
import type { Block, Document } from '../../../shared/document.ts'
import { readPdf } from './pdf-reader.ts'
import { sample } from './sample.ts'

const broken: Document = {
  ...sample(),
  blocks: [{ kind: 'table', code: 't', caption: 'x', rows: [] } as unknown as Block],
}

describe('the renderer', () => {
  const renderer = createRenderer()
  afterAll(() => renderer.close())

  it('makes the formats asked for without holding up the main thread', async () => {
    await renderer.render(sample(), ['xlsx'])
    const delay = monitorEventLoopDelay({ resolution: 5 })
    delay.enable()
    const files = await renderer.render(sample(), ['docx', 'pdf', 'xlsx'])
    delay.disable()
    expect(Object.keys(files).sort()).toEqual(['docx', 'pdf', 'xlsx'])
    expect(readPdf(Buffer.from(files.pdf)).pages.length).toBeGreaterThan(8)
    expect(delay.percentile(95) / 1e6).toBeLessThan(50)
  })

  it('refuses a document that cannot be made and makes the next one', async () => {
    await expect(renderer.render(broken, ['docx'])).rejects.toBeInstanceOf(WorkFailed)
    expect((await renderer.render(sample(), ['xlsx'])).xlsx.length).toBeGreaterThan(1000)
  })

  it('makes many at once, each its own', async () => {
    const titles = ['甲', '乙', '丙']
    const files = await Promise.all(titles.map((title) => renderer.render({ ...sample(), title, blocks: [] }, ['pdf'])))
    const texts = files.map((file) => readPdf(Buffer.from(file.pdf)).pages[0]!.text[0])
    expect(texts).toEqual(titles)
  })
})

describe('a renderer under pressure', () => {
  it('refuses more than its queue holds, and everything once it is closed', async () => {
    const renderer = createRenderer({ mostWaiting: 1 })
    const first = renderer.render(sample(), ['xlsx'])
    const second = renderer.render(sample(), ['xlsx'])
    await expect(renderer.render(sample(), ['xlsx'])).rejects.toMatchObject({ code: 'busy', status: 503 })
    const settled = Promise.allSettled([first, second])
    await renderer.close()
    const refused = (await settled).map((result) => result.status === 'rejected' && result.reason.code)
    expect(refused).toEqual(['stopping', 'stopping'])
    await expect(renderer.render(sample(), ['xlsx'])).rejects.toMatchObject({ code: 'stopping', status: 503 })
  })

  it('gives up a document that takes too long and makes the next one in a new thread', async () => {
    const renderer = createRenderer({ limitMs: 1 })
    await expect(renderer.render(sample(), ['docx'])).rejects.toThrow(/longer than 1 ms/)
    await renderer.close()
  })

  it('starts a thread again after the last one went home', async () => {
    const renderer = createRenderer({ idleMs: 1 })
    const empty = { ...sample(), blocks: [] }
    expect((await renderer.render(empty, ['xlsx'])).xlsx.length).toBeGreaterThan(0)
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect((await renderer.render(empty, ['xlsx'])).xlsx.length).toBeGreaterThan(0)
    await renderer.close()
  })
})
