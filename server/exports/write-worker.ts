import { setPriority } from 'node:os'
import { forDistrict, onPool, openPool } from '../db/database.ts'
import { carryOutAlone } from '../platform/orders.ts'
import { keptFiles } from './kept-files.ts'
import { type Made, makeMicrodata, NotMade, type Wanted } from './make.ts'
import { changeExport } from './queries.ts'

export interface Ground {
  databaseUrl: string
  /** Where files are kept. */
  folder: string
}

/** An export to be made; the answer is a `Written` as JSON. */
export interface Order extends Omit<Wanted, 'at'> {
  id: string
  at: string
}

export interface Written extends Made {
  bytes: number
}

/** How often whoever waits is told, and whether it was cancelled is looked up. */
const TELL_MS = 200

// Whoever submits or reads goes first. Some machines refuse it.
if (process.platform === 'linux') setPriority(0, 10)

carryOutAlone<Ground, Order>(({ databaseUrl, folder }) => {
  // One connection holds the snapshot, the other says how far it is.
  const pool = openPool({ connectionString: databaseUrl, max: 2, connectionTimeoutMillis: 2_000 })
  const db = onPool(pool)
  const files = keptFiles(folder)

  async function written({ id, at, ...wanted }: Order): Promise<Written> {
    const districtId = wanted.district.id
    const own = forDistrict(db, districtId)
    let toldAt = Number.NEGATIVE_INFINITY
    return await files.write(districtId, id, async (file) => {
      return await makeMicrodata(own, { ...wanted, at: new Date(at) }, file, async (rowsDone, rowsTotal) => {
        const now = performance.now()
        if (now - toldAt < TELL_MS) return
        toldAt = now
        const goesOn = await changeExport(own, districtId, id, ['running'], { rowsDone, rowsTotal })
        if (!goesOn) throw new NotMade('cancelled')
      })
    })
  }

  return { work: async (order) => JSON.stringify(await written(order)), end: () => pool.end() }
})
