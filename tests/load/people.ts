import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { admitApplication } from '../../server/db/application.ts'
import { startEmbedded } from '../../server/db/embedded.ts'
import { migrate } from '../../server/db/migrate.ts'
import { auditVerify } from './people-audit.ts'
import { morning } from './people-morning.ts'

/** What accounts, permissions and the audit cost, on a database of its own. */
const dataDir = await mkdtemp(join(tmpdir(), 'yixu-bench-people-'))
const embedded = await startEmbedded({ dataDir })
try {
  await migrate(embedded.url)
  await admitApplication(embedded.url)
  await auditVerify(embedded.appUrl, dataDir)
  await morning(dataDir)
} finally {
  await embedded.stop()
  await rm(dataDir, { recursive: true, force: true })
}
