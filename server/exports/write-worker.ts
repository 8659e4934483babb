import { setPriority } from 'node:os'
import { workerData } from 'node:worker_threads'
import { forDistrict, onPool, openPool } from '../db/database.ts'
import { carryOut } from '../platform/orders.ts'
import { keptFiles } from './kept-files.ts'
import { type Made, makeMicrodata, NotMade, type Wanted } from './make.ts'
import { changeExport } from './queries.ts'

/** An export to be made; the answer is a `Written` as JSON. */
export interface Order extends Omit<Wanted, 'at'> {
  id: string
  at: string
}

export interface Written extends Made {
  bytes: number
}

// On Linux this holds for the calling thread alone: whoever submits or reads goes first. Elsewhere it may be refused.
if (process.platform === 'linux') setPriority(0, 10)

const { databaseUrl, folder } = workerData as { databaseUrl: string; folder: string }
// One connection holds the snapshot, the other says how far it is.
const pool = openPool({ connectionString: databaseUrl, max: 2, connectionTimeoutMillis: 2_000 })
const db = onPool(pool)
const files = keptFiles(folder)

carryOut<Order>(
  async (order) => JSON.stringify(await written(order)),
  () => pool.end(),
)

async function written({ id, at, ...wanted }: Order): Promise<Written> {
  const districtId = wanted.district.id
  const own = forDistrict(db, districtId)
  return await files.write(districtId, id, async (file) => {
    return await makeMicrodata(own, { ...wanted, at: new Date(at) }, file, async (rowsDone, rowsTotal) => {
      const goesOn = await changeExport(own, districtId, id, ['running'], { rowsDone, rowsTotal })
      if (!goesOn) throw new NotMade('cancelled')
    })
  })
}
