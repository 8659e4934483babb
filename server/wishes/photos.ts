import type { FastifyInstance } from 'fastify'
import { standingProcess } from '../platform/process.ts'
import { refuse } from '../refusals.ts'
import type { Order } from './photo-worker.ts'

/** What people photograph, as it is kept. */
export interface Photos {
  /**
   * The picture of a file that somebody sent as a JPEG of at most 1,600 points a side, without where and with what it was taken.
   * @throws {Refusal} wrongPhoto where it is none that can be read, busy where too many wait
   */
  clean(path: string): Promise<Buffer>
}

const MOST_WAITING = 60
const RETRY_S = 5
/** Longer than the process itself gives a picture. */
const LIMIT_MS = 15_000
const IDLE_MS = 20_000

/** One at a time, in a process of its own that ends when idle: unpacking takes memory that a server would not give back. */
export function openPhotos(app: FastifyInstance): Photos {
  const drawing = standingProcess<Order>({
    script: new URL('./photo-process.mjs', import.meta.url),
    data: {},
    maxOldGenerationSizeMb: 96,
    idleMs: IDLE_MS,
    log: app.log,
  })
  app.addHook('preClose', () => drawing.stop())
  let waiting = 0
  let last: Promise<unknown> = Promise.resolve()

  async function draw(path: string): Promise<Buffer> {
    const late = setTimeout(() => void drawing.stop(), LIMIT_MS)
    try {
      return Buffer.from(await drawing.ask({ path }), 'base64')
    } catch (error) {
      const { code } = error as { code?: string }
      if (code === 'heic-photo') throw refuse.wrongPhoto(HEIC)
      throw code === 'wrong-photo' ? refuse.wrongPhoto() : error
    } finally {
      clearTimeout(late)
    }
  }

  return {
    async clean(path) {
      if (waiting >= MOST_WAITING) throw refuse.busy(RETRY_S)
      waiting += 1
      const mine = last.then(() => draw(path))
      last = mine.catch(() => undefined)
      return await mine.finally(() => {
        waiting -= 1
      })
    },
  }
}

const HEIC =
  '这是苹果手机的 HEIC 照片，这里打不开：请在手机“设置—相机—格式”里选“兼容性最佳”后重拍，或者把照片截屏后再上传。'
