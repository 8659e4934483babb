import type { ImportedPeople } from '../../shared/people/api.ts'
import { type Listed, readStaff, staffColumns } from '../../shared/people/import.ts'
import { addStaff } from './accounts.ts'
import { grantFault } from './grants.ts'
import type { Asked } from './look.ts'
import type { Manager } from './manager.ts'
import type { People } from './open.ts'
import { takenPhones, takenUsernames } from './queries.ts'
import { phoneHash } from './store.ts'

/** A longer list helps nobody: the rest shows once these are put right. */
const FAULTS_SHOWN = 500

/**
 * Adds everybody on an uploaded list and prints their slips, or adds nobody and says row by row what was wrong.
 * @throws {Refusal} badImportFile when the file cannot be read
 */
export async function importStaff(
  people: People,
  request: Asked,
  manager: Manager,
  file: Buffer,
): Promise<ImportedPeople> {
  const { staff, wrong } = readStaff(await people.readSheet('人员', file), manager.tree)
  const faults = [...wrong, ...(await conflicts(people, manager, staff))].sort((a, b) => a.row - b.row)
  if (faults.length > 0) return { added: [], wrong: faults.slice(0, FAULTS_SHOWN) }
  const { slips } = await addStaff(
    people,
    request,
    staff.map(({ line: _, ...who }) => who),
  )
  return { added: slips, wrong: [] }
}

/** What cannot be seen from the list alone: names and phones that are taken, and roles that are not the manager's to give. */
async function conflicts({ db, secrets }: People, manager: Manager, staff: Listed[]) {
  const usernames = await takenUsernames(
    db,
    staff.map(({ username }) => username),
  )
  const hashes = staff.map(({ phone }) => phone && phoneHash(secrets, phone).toString('hex'))
  const phones = await takenPhones(
    db,
    manager.districtId,
    hashes.filter((hash) => hash !== undefined),
  )
  return staff.flatMap(({ line, username, grants }, i) => {
    const say = (key: keyof typeof staffColumns, message: string) => ({
      ...{ row: line, column: staffColumns[key].title, message },
    })
    const refused = grants.map((grant) => grantFault(manager, grant)).find(Boolean)
    return [
      ...(usernames.has(username) ? [say('username', '这个用户名已经有人用了，请换一个。')] : []),
      ...(phones.has(hashes[i] ?? '') ? [say('phone', '这个手机号已经登记在另一位工作人员名下，请核对。')] : []),
      ...(refused ? [say('role', refused)] : []),
    ]
  })
}
