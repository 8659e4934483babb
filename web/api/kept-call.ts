import type { Endpoint } from '../../shared/endpoint.ts'
import { type Answer, addressOf, call, type Extras, type Params, Refused } from './call.ts'
import { openShelf } from './device-shelf.ts'

const kept = openShelf<{ url: string; answer: unknown }>('kept')
const PATIENCE_MS = 12_000

/**
 * Makes a described GET call. Without network, what it answered last is given again.
 * @throws {Refused} the server's refusal, or unreachable when nothing was kept
 */
export async function keptCall<E extends Endpoint>(
  endpoint: E,
  params: Params<E>,
  query?: Extras<E>['query'],
): Promise<Answer<E>> {
  try {
    const answer = await inTime((signal) => call(endpoint, params, { query, signal }))
    keepAnswer(endpoint, params, answer, query)
    return answer
  } catch (error) {
    if (!(error instanceof Refused) || error.problem.code !== 'unreachable') throw error
    const earlier = await keptAnswer(endpoint, params, query)
    if (!earlier) throw error
    return earlier
  }
}

/** Keeps what the call answers now, however it was heard. */
export function keepAnswer<E extends Endpoint>(
  endpoint: E,
  params: Params<E>,
  answer: Answer<E>,
  query?: Extras<E>['query'],
): void {
  const url = addressOf(endpoint, params, query)
  void kept.change(url, () => ({ url, answer }))
}

/** What the call answered last on this device, without asking again. */
export async function keptAnswer<E extends Endpoint>(
  endpoint: E,
  params: Params<E>,
  query?: Extras<E>['query'],
): Promise<Answer<E> | undefined> {
  return (await kept.get(addressOf(endpoint, params, query)))?.answer as Answer<E> | undefined
}

/** Where the network is dead without saying so, waiting ends here. @throws {Refused} */
export async function inTime<T>(work: (signal: AbortSignal) => Promise<T>, patienceMs = PATIENCE_MS): Promise<T> {
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(), patienceMs)
  try {
    return await work(stop.signal)
  } catch (error) {
    if (stop.signal.aborted) throw new Refused({ code: 'unreachable', message: '连不上服务器，请检查网络，稍后再试。' })
    throw error
  } finally {
    clearTimeout(timer)
  }
}
