import pg from 'pg'
import { onPool } from '../../server/db/database.ts'
import { audit } from '../../server/platform/audit.ts'

/** A process of its own that adds entries to the chain of district 1, several at once. */
const [url, actor = '', count] = process.argv.slice(2)
const pool = new pg.Pool({ connectionString: url, max: 4 })
const db = onPool(pool)
const look = (n: number) => ({ district: { id: 1 }, actor, action: 'test', subject: `entry:${n}`, from: null })
await Promise.all(Array.from({ length: Number(count) }, (_, n) => audit(db, look(n), new Date())))
await pool.end()
