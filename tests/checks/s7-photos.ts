import { randomUUID } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { PLANTED } from './hostile-files.ts'
import { hostilePhotos, plainPhoto } from './hostile-photos.ts'
import type { House } from './house.ts'
import type { Uploaded } from './imports.ts'
import { must } from './s1-world.ts'

export interface PhotoWish {
  /** Sends it as the photo of a wish that has none. */
  send(photo: Buffer | string): Promise<Uploaded>
  /** What the wish and the folder of uploads hold. */
  stored(): Promise<string>
  /** How the photo of this id is served. */
  headersOf(photo: string): Promise<Headers>
}

/** More than a photo may have, and more than that. */
const tooLarge = async () => Buffer.concat([await plainPhoto(), Buffer.alloc(30 * 1024 * 1024, 65)])

export const photoCases = [...Object.entries(hostilePhotos), ['30 MB', tooLarge] as const]

/** A wish that waits to be approved, as a member of staff posted it for somebody. */
export async function photoWish(house: House): Promise<PhotoWish> {
  const base = '/api/districts/YX/wishes'
  const id = randomUUID()
  const wanted = { kind: 'goods', text: '想要一副防风手套', where: null, cost: 'none', neededBy: null, service: null }
  const [community] = house.communities
  await must(house, 'POST', base, { id, community, ...wanted, contact: '029-87654321' })
  const headers = { authorization: `Bearer ${house.key}` }
  const photos = new URL(`${base}/${id}/photos`, house.url)
  return {
    async send(photo) {
      const body = new FormData()
      body.set('file', new Blob([photo as BlobPart]), `../../../../tmp/${PLANTED}.jpg`)
      const begun = performance.now()
      const reply = await fetch(photos, { method: 'POST', headers, body })
      return { status: reply.status, body: await reply.text(), ms: performance.now() - begun }
    },
    async stored() {
      const rows = await house.inDatabase((pool) =>
        pool.query('SELECT state, photo_id, revision FROM wishes WHERE id = $1', [id]),
      )
      return JSON.stringify([
        rows.rows,
        filesUnder(join(house.dataDir, 'files')),
        filesUnder(join(house.dataDir, 'incoming')),
      ])
    },
    headersOf: async (photo) => (await fetch(`${photos}/${photo}`, { headers })).headers,
  }
}

function filesUnder(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
    return entries.filter((entry) => entry.isFile()).map(({ name }) => name)
  } catch {
    return []
  }
}
