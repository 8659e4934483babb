import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { hidesDocument, MOST_PIXELS, pictureOf } from '../platform/file-kinds.ts'
import { carryOutAlone } from '../platform/orders.ts'

/** A file that somebody sent, by its path. */
export interface Order {
  path: string
}

const LONGEST_SIDE = 1_600
/** A picture that cannot be unpacked line by line stands in memory as a whole, with up to eight bytes a pixel. */
const MOST_WHOLE_PIXELS = 25_000_000
const LONGEST_S = 8

sharp.cache(false)
sharp.concurrency(1)
// SVG, PDF and whatever else the library can read has been told apart before, and stays shut even so.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({ operation: ['VipsForeignLoadJpeg', 'VipsForeignLoadPng', 'VipsForeignLoadWebp'] })

const refused = (code: 'heic-photo' | 'wrong-photo') => Object.assign(new Error(code), { code })

/** The picture alone, upright and small: made anew from its points, so that nothing else of the file is left. */
async function cleaned({ path }: Order): Promise<string> {
  const file = await readFile(path)
  const kind = pictureOf(file)
  if (kind === 'image/heic') throw refused('heic-photo')
  if (kind === undefined || hidesDocument(file)) throw refused('wrong-photo')
  try {
    return (await redrawn(file)).toString('base64')
  } catch {
    throw refused('wrong-photo')
  }
}

async function redrawn(file: Buffer): Promise<Buffer> {
  // Cameras write what a strict reader warns of; what was cut short is an error all the same.
  const picture = sharp(file, { limitInputPixels: MOST_PIXELS, failOn: 'error', sequentialRead: true })
  const { width, height, format, isProgressive, orientation = 1 } = await picture.metadata()
  const isWhole = isProgressive || (format !== 'jpeg' && orientation > 1)
  if (isWhole && width * height > MOST_WHOLE_PIXELS) throw refused('wrong-photo')
  return await picture
    .autoOrient()
    .resize({ width: LONGEST_SIDE, height: LONGEST_SIDE, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#fff' })
    .toColourspace('srgb')
    .jpeg({ quality: 80 })
    .timeout({ seconds: LONGEST_S })
    .toBuffer()
}

carryOutAlone<unknown, Order>(() => ({ work: cleaned, end: async () => undefined }))
