/**
 * The newest minor release of each major version known when this was written; each closes security holes of those
 * before it. 18, 17, 16: August 2026 (18.5 was never released); 15: Debian's security archive, November 2026.
 */
const NEWEST: Record<number, number> = { 18: 6, 17: 11, 16: 15, 15: 20 }

export type VersionVerdict =
  | { kind: 'current' }
  | { kind: 'outdated'; newest: string }
  /** A major version newer than this program knows. */
  | { kind: 'unknown' }
  /** Older than PostgreSQL 15, which this program needs. */
  | { kind: 'unsupported' }

/** Judges a PostgreSQL version such as `18.4` or `16.2 (Debian 16.2-1)`. */
export function judgeVersion(version: string): VersionVerdict {
  const [, major, minor] = version.match(/^(\d+)(?:\.(\d+))?/) ?? []
  if (!major || Number(major) < 15) return { kind: 'unsupported' }
  const newest = NEWEST[Number(major)]
  if (newest === undefined) return { kind: 'unknown' }
  return Number(minor ?? 0) < newest ? { kind: 'outdated', newest: `${major}.${newest}` } : { kind: 'current' }
}
