import { atLeast, type Check, judge, none, within } from './check.ts'
import { operationsOf } from './fuzz-operations.ts'
import { crossSite } from './s10-cross-site.ts'
import { endings } from './s10-endings.ts'
import { fixation } from './s10-fixation.ts'
import { smuggling } from './s10-smuggling.ts'
import { staffOf } from './staff.ts'

/** The server keeps what it found about a session for four seconds. */
const DEAD_MS = 5_000

/** Sessions end when they should, streams with them, cannot be planted and are no use to other sites; bodies carry nothing but what is described. */
export const s10: Check = async (house, size) => {
  const staff = await staffOf(house)
  const operations = await operationsOf(house)
  const ended = await endings(house, staff, size)
  const planted = await fixation(house, staff)
  const crossed = await crossSite(house, staff, operations)
  const smuggled = await smuggling(house, staff, operations)
  const figures = [
    atLeast('ways_to_end', ended.ways, 5),
    none('alive_afterwards', ended.alive.length),
    within('slowest_end', ended.slowestMs, DEAD_MS),
    none('adopted_or_kept_session_names', planted.length),
    atLeast('mutating_calls', crossed.calls, 25),
    none('cross_site_taken', crossed.taken.length),
    none('tables_changed', crossed.changed.length),
    atLeast('bodies_with_extra_fields', smuggled.sent, 200),
    none('extra_fields_taken', smuggled.taken.length),
  ]
  return judge('S10', size, figures, [
    ...ended.alive,
    ...planted,
    ...crossed.taken,
    ...crossed.changed,
    ...smuggled.taken,
  ])
}
