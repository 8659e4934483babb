import type pg from 'pg'

/** A community in which there is one wish alone, however large the board is. */
export const RARE = 'C105'

/**
 * So many wishes on the board of district 1, from `from` on: half of them open, a fifth held, the rest fulfilled and
 * shown. Kinds, costs and communities are as uneven as in life, no place is for nothing, and what is needed soon was
 * wished last. The sponsors are there already.
 */
export async function fillBoard(pool: pg.Pool, communities: string[], from: number, to: number): Promise<void> {
  await pool.query(
    `INSERT INTO wishes (district_id, id, number, community_code, kind, text, original, cost, needed_by, state, flags, hardship,
       publish, fallback, supporters, posted_by, revision, created_at, opened_at, changed_at, fulfilled_at)
     SELECT 1, gen_random_uuid(), 1000 + n, CASE WHEN n = 1 THEN $4 ELSE ($1::text[])[1 + floor(($5 - 1) * random() ^ 2)::int] END,
       kind, '想要一张清楚的小区地图，送餐时能找到楼门', '', CASE WHEN kind = 'place' THEN 'over-500'
         ELSE (ARRAY['none', 'under-100', 'under-500', 'over-500'])[1 + floor(4 * c * c)::int] END,
       CASE WHEN d < 0.4 THEN current_date + floor(365 * (1 - n::float8 / $3))::int END,
       state, '[]', false, true, false, 0, 'load', 1, opened, opened, opened,
       CASE WHEN state = 'fulfilled' THEN opened + interval '3 days' END
     FROM (
       SELECT n, (ARRAY['goods', 'service', 'company', 'place'])[1 + floor(4 * random() ^ 2)::int] AS kind, random() AS c,
         random() AS d, now() - interval '400 days' + n * (interval '390 days' / $3) AS opened,
         (ARRAY['open', 'open', 'open', 'open', 'open', 'claimed', 'delivered', 'fulfilled', 'fulfilled', 'fulfilled'])[1 + n % 10] AS state
       FROM generate_series($2::int, $3::int) AS n
     ) AS made`,
    [communities, from, to, RARE, communities.length],
  )
  await pool.query(
    `INSERT INTO claims (district_id, id, wish_id, sponsor_id, person_id, claimed_at, due_on, extended, reminded, ended_at, ended, done_on, note)
     SELECT 1, gen_random_uuid(), w.id, s.id, 'load', w.opened_at + interval '1 day', current_date + 7, false, 0,
       w.fulfilled_at, CASE WHEN w.state = 'fulfilled' THEN 'fulfilled' END, w.fulfilled_at::date, '送到了'
     FROM wishes w JOIN (SELECT id, row_number() OVER (ORDER BY id) AS place, count(*) OVER () AS n FROM sponsors WHERE district_id = 1) s
       ON s.place = 1 + w.number % s.n
     WHERE w.district_id = 1 AND w.number BETWEEN 1000 + $1::int AND 1000 + $2::int AND w.state IN ('claimed', 'delivered', 'fulfilled')`,
    [from, to],
  )
  await pool.query('VACUUM ANALYZE wishes')
  await pool.query('VACUUM ANALYZE claims')
}
