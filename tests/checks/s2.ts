import { atLeast, type Check, judge, none } from './check.ts'
import { privileges, sights, unguarded } from './row-security.ts'

/** Districts are kept apart by the database itself: whoever gets to write SQL as the application sees nothing of another district. */
export const s2: Check = (house, size) =>
  house.inDatabase(async (pool) => {
    const client = await pool.connect()
    try {
      const open = await unguarded(client)
      const seen = await sights(client, 'yixu_app')
      await client.query('SET ROLE yixu_app')
      const has = await privileges(client)
      const sum = (of: (sight: (typeof seen)[number]) => number) => seen.reduce((total, each) => total + of(each), 0)
      const figures = [
        atLeast('tables', seen.length, 20),
        atLeast(
          'own_rows_seen',
          sum(({ own }) => own),
          seen.length,
        ),
        none(
          'rows_seen_without_a_district',
          sum(({ unnamed }) => unnamed),
        ),
        none(
          'foreign_rows_seen',
          sum(({ foreign }) => foreign),
        ),
        none(
          'foreign_rows_written',
          sum(({ written }) => written.length),
        ),
        none('tables_open_to_their_owner', open.length),
        none('privileges_of_the_role', has.length),
      ]
      const bad = seen.filter(
        ({ unnamed, own, foreign, written }) => unnamed + foreign + written.length > 0 || own !== 1,
      )
      return judge('S2', size, figures, [...bad.map((each) => JSON.stringify(each)), ...open, ...has])
    } finally {
      client.release(true)
    }
  })
