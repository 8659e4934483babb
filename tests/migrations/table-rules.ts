import type pg from 'pg'

/** Kysely's own tables have no comment to carry their class; they stay on the coordinator. */
const ofTheMigrator = ['kysely_migration', 'kysely_migration_lock']

const tables = `
  select c.oid, c.relname as name, substring(obj_description(c.oid, 'pg_class') from '^citus:(\\w+)$') as class
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = 'public' and c.relkind in ('r', 'p', 'f', 'v', 'm') and c.relname <> all ($1)`

const own = `(district_id = (NULLIF(current_setting(''yixu.district''::text, true), ''''::text))::integer)`

/** Each rule: what it finds is against the rule. `t` is the tables above. */
const rules: Record<string, string> = {
  'says its class in its comment': `select name from t where class is null or class not in ('distributed', 'reference', 'local')`,
  'is an ordinary table': `select name from t join pg_class c using (oid) where c.relkind <> 'r'`,
  'has a primary key': `select name from t where not exists (select from pg_constraint where conrelid = t.oid and contype = 'p')`,
  'has district_id integer not null where it is distributed': `
    select name from t where class = 'distributed' and not exists (
      select from pg_attribute a where attrelid = t.oid and attname = 'district_id' and attnotnull and atttypid = 'int4'::regtype)`,
  'has district_id first in every key, unique index and exclusion where it is distributed': `
    select name || '.' || i.indexrelid::regclass from t join pg_index i on i.indrelid = t.oid
    where class = 'distributed' and (i.indisunique or i.indisexclusion)
      and i.indkey[0] <> (select attnum from pg_attribute where attrelid = t.oid and attname = 'district_id')`,
  'pairs district_id with district_id where one distributed table points at another': `
    select k.conname from pg_constraint k join t a on a.oid = k.conrelid join t b on b.oid = k.confrelid
    where k.contype = 'f' and a.class = 'distributed' and b.class = 'distributed' and not exists (
      select from unnest(k.conkey, k.confkey) as pair (here, there)
      join pg_attribute x on x.attrelid = a.oid and x.attnum = here and x.attname = 'district_id'
      join pg_attribute y on y.attrelid = b.oid and y.attnum = there and y.attname = 'district_id')`,
  'points only where its class may point': `
    select k.conname from pg_constraint k join t a on a.oid = k.conrelid join t b on b.oid = k.confrelid
    where k.contype = 'f' and (a.class, b.class) in
      (('distributed', 'local'), ('local', 'distributed'), ('reference', 'distributed'), ('reference', 'local'))`,
  'neither sets null nor a default when another row goes': `
    select k.conname from pg_constraint k join t on t.oid = k.conrelid
    where k.contype = 'f' and (k.confdeltype in ('n', 'd') or k.confupdtype in ('n', 'd'))`,
  'has no deferrable constraint': `select k.conname from pg_constraint k join t on t.oid = k.conrelid where k.condeferrable`,
  'has no trigger': `select tgname from pg_trigger join t on t.oid = tgrelid where not tgisinternal`,
  'has no rule': `select rulename from pg_rewrite join t on t.oid = ev_class where rulename <> '_RETURN'`,
  'inherits from nothing': `select inhrelid::regclass::text from pg_inherits`,
  'has no serial': `
    select name || '.' || attname from t join pg_attrdef d on d.adrelid = t.oid
    join pg_attribute a on a.attrelid = t.oid and a.attnum = d.adnum where pg_get_expr(d.adbin, d.adrelid) like '%nextval%'`,
  'has identities that are bigint': `
    select name || '.' || attname from t join pg_attribute a on a.attrelid = t.oid where attidentity <> '' and atttypid <> 'int8'::regtype`,
  'shows and takes the rows of the district that is named, to its owner too, where it is distributed': `
    select name from t join pg_class c using (oid)
    where class = 'distributed' and (not c.relrowsecurity or not c.relforcerowsecurity or (
      select array_agg(concat_ws(' ', polcmd, polpermissive, polroles, pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)))
      from pg_policy where polrelid = c.oid) is distinct from array['* t {0} ${own} ${own}'])`,
  'has ids that are uuid, text or a bigint identity where it is distributed': `
    select name || '.' || attname from t join pg_attribute a on a.attrelid = t.oid
    where class = 'distributed' and (attname = 'id' or attname ~ '_id$') and attname <> 'district_id'
      and atttypid not in ('uuid'::regtype, 'text'::regtype, 'int8'::regtype)`,
}

/** What in the database is against the rules for tables, as "rule: where". */
export async function tableFaults(client: pg.Client): Promise<string[]> {
  const found: string[] = []
  for (const [rule, query] of Object.entries(rules)) {
    const { rows } = await client.query({
      text: `with t as (${tables}) select found.* from (${query}) as found (where_) order by 1`,
      values: [ofTheMigrator],
    })
    found.push(...rows.map(({ where_ }) => `${rule}: ${where_}`))
  }
  return found
}
