import { randomUUID } from 'node:crypto'
import { queryIn } from '../../server/db/district.ts'
import type { House } from './house.ts'
import { must } from './s1-world.ts'
import { payloads } from './s5-payloads.ts'
import { wishedIn } from './wished.ts'

const DISTRICT = 5
const base = '/api/districts/XS/wishes'

/** Wishes in which every text is a script. Most are refused, so they are put past the server: pages must not rest on that. */
export async function wish(house: House): Promise<void> {
  await wishedIn(house, 'XS', 'C001', '平常的话')
  const rest = { kind: 'place', cost: 'none', neededBy: null, service: null, contact: '029-87654321' }
  for (const at of payloads.keys()) {
    const id = randomUUID()
    const where = { words: '平常的地方', point: null }
    await must(house, 'POST', base, { id, community: 'C001', text: `第${at}个心愿`, where, ...rest })
    // Every other one waits to be looked at.
    const approval = { revision: 1, decision: 'approve' }
    if (at % 2 === 0) await must(house, 'PUT', `${base}/${id}/moderation`, approval)
  }
  const writes = [
    `UPDATE wishes w SET text = p.text, original = p.text, thanks = p.text, place = jsonb_build_object('words', p.text, 'point', NULL)
     FROM unnest($1::text[]) WITH ORDINALITY AS p(text, at) WHERE w.number = p.at`,
    'UPDATE claims SET note = ($1::text[])[1], reason = ($1::text[])[2]',
    'UPDATE sponsors SET name = ($1::text[])[3]',
    'UPDATE stations SET name = ($1::text[])[4]',
  ]
  await house.inDatabase(async (pool) => {
    for (const text of writes) await queryIn(pool, DISTRICT, { text, values: [payloads] })
  })
}
