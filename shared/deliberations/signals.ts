import type { Signal } from '../signal.ts'

/** A statement that was coded to a service and stands for itself: not one that was merged into another. */
export interface Coded {
  id: string
  service: string
}

/** How a closed opinion question went for a statement, or for one that was merged into it. */
export interface Weighed {
  /** The statement that stands for it now. */
  statement: string
  /** Whether the votes were on that one, in its own words. */
  own: boolean
  closedAt: string
  agree: number
  disagree: number
}

/** What one closed deliberation said of services. */
export interface Voiced {
  community: string
  statements: Coded[]
  weighed: Weighed[]
  /** Functions that its passed motions require. */
  resolved: string[]
}

/**
 * What closed deliberations say of services, as signals: how many statements (`need`), how often somebody agreed or
 * disagreed with one, how many resolutions require a function. They are never weighted and never added to survey shares:
 * whoever came is no sample. A statement counts once with all that was merged into it, and with the votes of one question.
 */
export function signals(voiced: readonly Voiced[], serviceOf: (code: string) => string | undefined): Signal[] {
  const sums = new Map<string, Signal>()
  const add = (signal: Omit<Signal, 'source'>) => {
    if (signal.n === 0) return
    const { community, service, function: code = '', kind, n } = signal
    const key = [community, service, code, kind].join('/')
    sums.set(key, { source: 'deliberation', ...signal, n: n + (sums.get(key)?.n ?? 0) })
  }
  for (const { community, statements, weighed, resolved } of voiced) {
    for (const { id, service } of statements) {
      const votes = votesOn(weighed.filter(({ statement }) => statement === id))
      add({ community, service, kind: 'need', n: 1 })
      add({ community, service, kind: 'agree', n: votes?.agree ?? 0 })
      add({ community, service, kind: 'disagree', n: votes?.disagree ?? 0 })
    }
    for (const code of resolved) {
      const service = serviceOf(code)
      if (service) add({ community, service, function: code, kind: 'resolved', n: 1 })
    }
  }
  return [...sums.values()]
}

/** The same people may have voted on a statement, on what was merged into it, and again later: the last vote on its own words counts, failing that on others'. */
function votesOn(weighed: readonly Weighed[]): Weighed | undefined {
  const own = weighed.filter((each) => each.own)
  const among = own.length > 0 ? own : weighed
  return among.reduce<Weighed | undefined>(
    (last, each) => (last && last.closedAt >= each.closedAt ? last : each),
    undefined,
  )
}
